#include "command/schema_texts.h"

namespace pindah {
namespace {

// The four files are told apart by what each must have.
constexpr std::string_view kWorldSchema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "A file of a world of Pindah",
  "oneOf": [
    { "$ref": "#/definitions/world" },
    { "$ref": "#/definitions/shoppers" },
    { "$ref": "#/definitions/promises" },
    { "$ref": "#/definitions/actors" }
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
        "calls": { "type": "array", "minItems": 1, "maxItems": 40, "items": { "type": "string" } },
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
          "maxProperties": 2,
          "additionalProperties": { "type": "string" },
          "description": "by what else than shoppers a share of a service can go: a slot"
        },
        "pages": {
          "type": "object",
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
            "retries": { "type": "array", "items": { "$ref": "#/definitions/duration" } }
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
        "longest_session": { "type": "integer", "minimum": 1, "maximum": 10000 },
        "choices": { "type": "object", "additionalProperties": { "$ref": "#/definitions/shares" } },
        "entry": { "$ref": "#/definitions/shares" },
        "mixes": { "type": "object", "additionalProperties": { "$ref": "#/definitions/shares" } },
        "personas": {
          "type": "object",
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
                "items": { "$ref": "#/definitions/duration" }
              }
            }
          }
        },
        "jobs": {
          "type": "object",
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
    }
  }
}
)json";

}  // namespace

std::string_view world_schema() { return kWorldSchema; }

}  // namespace pindah
