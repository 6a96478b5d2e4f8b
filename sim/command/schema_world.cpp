#include <string>

#include "command/schema_texts.h"
#include "world/limits.h"

namespace pindah {
namespace {

// The files are told apart by what each must have, sets of budget lines by
// their form. "most NAME" stands where the number of a row of world/limits.h goes.
constexpr std::string_view kWorldSchema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "A file of a world of Pindah",
  "oneOf": [
    { "$ref": "#/definitions/world" },
    { "$ref": "#/definitions/shoppers" },
    { "$ref": "#/definitions/promises" },
    { "$ref": "#/definitions/actors" },
    { "$ref": "#/definitions/compliance" },
    { "$ref": "#/definitions/budgets" }
  ],
  "definitions": {
    "name": { "type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$" },
    "names": {
      "anyOf": [
        { "$ref": "#/definitions/name" },
        { "type": "array", "items": { "$ref": "#/definitions/name" } }
      ]
    },
    "duration": { "type": "string", "pattern": "^([0-9]+(\\.[0-9]+)?(us|ms|s|m|h|d))+$" },
    "share": {
      "anyOf": [
        { "type": "number", "minimum": 0, "maximum": 1 },
        { "type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?%$" }
      ]
    },
    "shares": {
      "type": "object",
      "description": "sum 1",
      "additionalProperties": { "$ref": "#/definitions/share" }
    },
    "texts": { "type": "object", "additionalProperties": { "type": "string" } },
    "budgets": {
      "type": "object",
      "description": "sets of budget lines, by the name that `use:` gives",
      "not": {
        "anyOf": [
          { "required": ["ledgers"] },
          { "required": ["jobs"] },
          { "required": ["settings"] }
        ]
      },
      "additionalProperties": { "$ref": "#/definitions/texts" }
    },
    "platform": {
      "type": "object",
      "additionalProperties": false,
      "required": ["folder", "name", "ids"],
      "properties": {
        "folder": { "type": "string" },
        "name": { "type": "string" },
        "ids": { "enum": ["snowflake", "integer"] },
        "time_zone": { "type": "string", "pattern": "^[+-][0-9][0-9]:[0-5][0-9]$" }
      }
    },
    "page": {
      "type": "object",
      "additionalProperties": false,
      "required": ["calls"],
      "properties": {
        "as": { "type": "string" },
        "draw": { "$ref": "#/definitions/texts" },
        "calls": {
          "type": "array",
          "minItems": 1,
          "maxItems": "most calls of a page",
          "items": { "type": "string" }
        },
        "undo": { "$ref": "#/definitions/texts" },
        "keep": { "$ref": "#/definitions/names" },
        "hidden": { "$ref": "#/definitions/names" }
      }
    },
    "world": {
      "type": "object",
      "additionalProperties": false,
      "required": ["pindah_world", "title", "platforms", "services", "pools", "pages"],
      "properties": {
        "pindah_world": { "const": 1 },
        "title": { "type": "string" },
        "platforms": {
          "type": "object",
          "additionalProperties": false,
          "required": ["source", "target"],
          "properties": {
            "source": { "$ref": "#/definitions/platform" },
            "target": { "$ref": "#/definitions/platform" }
          }
        },
        "scale": { "type": "object", "additionalProperties": { "type": "integer", "minimum": 0 } },
        "constants": {
          "type": "object",
          "additionalProperties": { "type": "integer" },
          "description": "whole numbers that SQL reads as :NAME, the same in every scenario"
        },
        "services": {
          "type": "object",
          "maxProperties": "most services",
          "additionalProperties": {
            "type": "object",
            "additionalProperties": false,
            "required": ["source", "target"],
            "properties": {
              "source": { "$ref": "#/definitions/names" },
              "target": { "$ref": "#/definitions/names" }
            }
          }
        },
        "pools": {
          "type": "object",
          "additionalProperties": {
            "type": "object",
            "additionalProperties": false,
            "required": ["source", "target"],
            "properties": { "source": { "type": "string" }, "target": { "type": "string" } }
          }
        },
        "partitions": {
          "type": "object",
          "maxProperties": "most partitions beside shopper and request",
          "additionalProperties": { "type": "string" },
          "description": "by what else than shoppers a share of a service can go: a slot"
        },
        "pages": {
          "type": "object",
          "maxProperties": "most pages",
          "additionalProperties": { "$ref": "#/definitions/page" }
        },
        "ignore": { "$ref": "#/definitions/names" }
      }
    },
    "think": {
      "type": "object",
      "additionalProperties": false,
      "required": ["mean", "cap", "least"],
      "properties": {
        "mean": { "$ref": "#/definitions/duration" },
        "cap": { "$ref": "#/definitions/duration" },
        "least": { "$ref": "#/definitions/duration" }
      }
    },
    "shoppers": {
      "type": "object",
      "additionalProperties": false,
      "required": ["client", "think", "mixes", "personas"],
      "properties": {
        "client": {
          "type": "object",
          "additionalProperties": false,
          "required": ["timeout"],
          "properties": {
            "timeout": { "$ref": "#/definitions/duration" },
            "retries": {
              "type": "array",
              "maxItems": "most retries of a client",
              "items": { "$ref": "#/definitions/duration" }
            }
          }
        },
        "think": { "$ref": "#/definitions/think" },
        "leaving": {
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["at", "times"],
            "properties": {
              "at": { "$ref": "#/definitions/duration" },
              "times": { "type": "number" }
            }
          }
        },
        "notice": {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "slower_by": { "$ref": "#/definitions/share" },
            "at_least": { "$ref": "#/definitions/duration" },
            "over": { "$ref": "#/definitions/duration" }
          }
        },
        "longest_session": {
          "type": "integer",
          "minimum": 1,
          "maximum": "most pages of a session"
        },
        "choices": {
          "type": "object",
          "additionalProperties": {
            "allOf": [
              { "$ref": "#/definitions/shares" },
              { "maxProperties": "most options of a choice" }
            ]
          }
        },
        "entry": { "$ref": "#/definitions/shares" },
        "mixes": { "type": "object", "additionalProperties": { "$ref": "#/definitions/shares" } },
        "personas": {
          "type": "object",
          "maxProperties": "most personas",
          "additionalProperties": {
            "type": "object",
            "properties": {
              "who": { "$ref": "#/definitions/name" },
              "entry": { "$ref": "#/definitions/shares" },
              "think": { "$ref": "#/definitions/think" }
            },
            "additionalProperties": {
              "anyOf": [{ "$ref": "#/definitions/shares" }, { "$ref": "#/definitions/name" }]
            }
          }
        }
      }
    },
    "promise": {
      "type": "object",
      "additionalProperties": false,
      "required": ["service", "made_by", "belongs_to"],
      "properties": {
        "service": { "$ref": "#/definitions/name" },
        "made_by": { "type": "string" },
        "token": { "$ref": "#/definitions/name" },
        "belongs_to": { "$ref": "#/definitions/name" },
        "key": { "$ref": "#/definitions/name" },
        "status": { "$ref": "#/definitions/name" },
        "ranks": { "type": "array", "items": { "type": "string" } },
        "paid_from": { "type": "string" },
        "void": { "type": "string" },
        "fixed": { "$ref": "#/definitions/names" },
        "opened_by": { "type": "string" },
        "must_show": { "$ref": "#/definitions/texts" },
        "ends_with": { "anyOf": [{ "type": "string" }, { "type": "array" }] }
      }
    },
    "promises": {
      "type": "object",
      "additionalProperties": false,
      "required": ["promises", "anomalies"],
      "properties": {
        "promises": {
          "type": "object",
          "maxProperties": "most promises",
          "additionalProperties": { "$ref": "#/definitions/promise" }
        },
        "tokens": { "$ref": "#/definitions/names" },
        "stock": {
          "type": "object",
          "additionalProperties": false,
          "required": ["service", "item", "sold_in"],
          "properties": {
            "service": { "$ref": "#/definitions/name" },
            "item": { "$ref": "#/definitions/name" },
            "sold_in": {
              "type": "object",
              "additionalProperties": false,
              "required": ["promise", "lines"],
              "properties": {
                "promise": { "$ref": "#/definitions/name" },
                "lines": { "$ref": "#/definitions/name" }
              }
            },
            "shown": { "$ref": "#/definitions/texts" }
          }
        },
        "log_in_again": { "type": "string" },
        "anomalies": { "$ref": "#/definitions/texts" }
      }
    },
    "method": {
      "type": "object",
      "additionalProperties": false,
      "required": ["answers"],
      "properties": {
        "answers": { "enum": ["at once", "later", "never"] },
        "median": { "$ref": "#/definitions/duration" },
        "p99": { "$ref": "#/definitions/duration" },
        "cap": { "$ref": "#/definitions/duration" }
      }
    },
    "actors": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "ledgers": {
          "type": "object",
          "maxProperties": "most ledgers",
          "additionalProperties": {
            "type": "object",
            "additionalProperties": false,
            "required": ["service", "calls", "ref", "methods"],
            "properties": {
              "service": { "$ref": "#/definitions/name" },
              "calls": {
                "type": "object",
                "additionalProperties": { "enum": ["enter", "reverse"] }
              },
              "ref": { "$ref": "#/definitions/name" },
              "amount": { "$ref": "#/definitions/name" },
              "by": { "$ref": "#/definitions/name" },
              "methods": {
                "type": "object",
                "additionalProperties": { "$ref": "#/definitions/method" }
              },
              "callback": { "$ref": "#/definitions/name" },
              "callback_retries": {
                "type": "array",
                "maxItems": "most retries of a callback",
                "items": { "$ref": "#/definitions/duration" }
              }
            }
          }
        },
        "jobs": {
          "type": "object",
          "maxProperties": "most jobs",
          "additionalProperties": {
            "type": "object",
            "additionalProperties": false,
            "required": ["every", "list", "each"],
            "properties": {
              "every": { "$ref": "#/definitions/duration" },
              "list": { "type": "string" },
              "each": { "$ref": "#/definitions/name" }
            }
          }
        },
        "settings": {
          "type": "object",
          "additionalProperties": { "$ref": "#/definitions/duration" }
        }
      }
    },
    "rule": {
      "type": "object",
      "additionalProperties": false,
      "required": ["group", "weight", "cites"],
      "properties": {
        "group": { "type": "string" },
        "weight": { "type": "integer", "minimum": 1, "maximum": 100 },
        "cites": { "type": "string" },
        "owner": { "$ref": "#/definitions/name" },
        "front": { "type": "string" },
        "source": { "type": "string" },
        "target": { "type": "string" }
      }
    },
    "compliance": {
      "type": "object",
      "additionalProperties": false,
      "required": ["title", "groups", "rules"],
      "properties": {
        "title": { "type": "string" },
        "note": { "type": "string" },
        "groups": {
          "type": "object",
          "description": "weights, sum 100",
          "additionalProperties": { "type": "integer", "minimum": 1, "maximum": 100 }
        },
        "rules": { "type": "object", "additionalProperties": { "$ref": "#/definitions/rule" } }
      }
    }
  }
}
)json";

std::string with_limits(std::string text) {
  for (const Limit& limit : kLimits) {
    const std::string mark = "\"most " + std::string(limit.what) + "\"";
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
      text.replace(at, mark.size(), std::to_string(limit.most));
  }
  return text;
}

}  // namespace

std::string_view world_schema() {
  static const std::string text = with_limits(std::string(kWorldSchema));
  return text;
}

}  // namespace pindah
