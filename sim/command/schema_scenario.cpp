#include "command/schema_texts.h"

namespace pindah {
namespace {

constexpr std::string_view kScenarioSchema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "A scenario of Pindah",
  "type": "object",
  "additionalProperties": false,
  "required": ["pindah", "world"],
  "properties": {
    "pindah": { "const": 1, "description": "version of this format" },
    "title": { "type": "string" },
    "world": { "type": "string", "description": "name of a folder of data/, or a relative folder" },
    "seed": { "type": "integer", "minimum": 0 },
    "starts": {
      "type": "string",
      "pattern": "^[0-9]{4}(-[0-9]{2}){2} [0-9]{2}(:[0-9]{2}){1,2} (Z|[+-][0-9]{2}:[0-9]{2})$",
      "description": "date, time and offset: 2023-12-11 23:00 +07:00"
    },
    "length": { "$ref": "#/definitions/duration", "description": "shoppers arrive for so long" },
    "settle": { "$ref": "#/definitions/duration", "description": "late payments may still come" },
    "edges": { "type": "integer", "minimum": 1, "maximum": 64 },
    "route_refresh": { "$ref": "#/definitions/duration" },
    "max_control_p99": {
      "$ref": "#/definitions/duration",
      "description": "a control life that is slower makes the run inconclusive"
    },
    "min_exposure": { "type": "integer", "minimum": 0 },
    "scale": { "type": "object", "additionalProperties": { "type": "integer", "minimum": 0 } },
    "settings": {
      "type": "object",
      "additionalProperties": { "$ref": "#/definitions/duration" }
    },
    "platforms": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "source": { "$ref": "#/definitions/platform" },
        "target": { "$ref": "#/definitions/platform" }
      }
    },
    "links": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "edge-source": { "$ref": "#/definitions/link" },
        "edge-target": { "$ref": "#/definitions/link" },
        "source-target": { "$ref": "#/definitions/link" },
        "gateway": { "$ref": "#/definitions/link" }
      }
    },
    "mix": { "type": "string", "description": "one of the world's mixes of personas" },
    "traffic": { "type": "array", "items": { "$ref": "#/definitions/traffic" } },
    "plan": { "type": "array", "items": { "$ref": "#/definitions/step" } },
    "surprises": { "type": "array", "items": { "$ref": "#/definitions/surprise" } },
    "budget": {
      "type": "object",
      "description": "a sentence: a metric and its limit",
      "additionalProperties": { "type": "string" }
    }
  },
  "definitions": {
    "duration": {
      "type": "string",
      "pattern": "^([0-9]+(\\.[0-9]+)?(us|ms|s|m|h|d))+$",
      "description": "with its unit: 250ms, 20s, 1h30m"
    },
    "rate": { "type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?/s$", "description": "8/s" },
    "share": { "type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?%$", "description": "0.1%" },
    "condition": {
      "type": "string",
      "description": "of what operators see: lag(orders) < 1s for 2m"
    },
    "services": {
      "anyOf": [
        { "type": "string" },
        { "type": "array", "minItems": 1, "uniqueItems": true, "items": { "type": "string" } }
      ]
    },
    "platform": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "workers": { "type": "integer", "minimum": 1, "maximum": 10000 },
        "queue": { "type": "integer", "minimum": 0, "maximum": 1000000 },
        "service_time": {
          "type": "object",
          "additionalProperties": false,
          "required": ["median", "p99"],
          "properties": {
            "median": { "$ref": "#/definitions/duration" },
            "p99": { "$ref": "#/definitions/duration" }
          }
        }
      }
    },
    "link": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "delay": { "$ref": "#/definitions/duration" },
        "loss": { "$ref": "#/definitions/share" }
      }
    },
    "traffic": {
      "type": "object",
      "additionalProperties": false,
      "oneOf": [
        { "required": ["hold"] },
        { "required": ["ramp", "over"] },
        { "required": ["spike", "rise", "half_life"] },
        { "required": ["day"] }
      ],
      "properties": {
        "at": { "$ref": "#/definitions/duration" },
        "until": { "$ref": "#/definitions/duration" },
        "hold": { "$ref": "#/definitions/rate" },
        "ramp": { "$ref": "#/definitions/rate" },
        "over": { "$ref": "#/definitions/duration" },
        "spike": { "$ref": "#/definitions/rate" },
        "rise": { "$ref": "#/definitions/duration" },
        "half_life": { "$ref": "#/definitions/duration" },
        "day": { "$ref": "#/definitions/rate" },
        "mix": { "type": "string" },
        "home": { "enum": ["source", "target"] }
      }
    },
    "step": {
      "type": "object",
      "additionalProperties": false,
      "oneOf": [{ "required": ["at"] }, { "required": ["when"] }],
      "properties": {
        "at": { "anyOf": [{ "$ref": "#/definitions/duration" }, { "const": "never" }] },
        "when": { "$ref": "#/definitions/condition" },
        "needs": { "$ref": "#/definitions/condition" },
        "name": { "type": "string" },
        "capture": { "$ref": "#/definitions/services" },
        "copy": {
          "$ref": "#/definitions/services",
          "description": "in a cutover: before or under_fence"
        },
        "apply": { "$ref": "#/definitions/services" },
        "verify": {
          "anyOf": [{ "$ref": "#/definitions/services" }, { "type": "boolean" }]
        },
        "cutover": { "$ref": "#/definitions/services" },
        "reverse": {
          "anyOf": [{ "$ref": "#/definitions/services" }, { "type": "boolean" }]
        },
        "route": { "$ref": "#/definitions/services" },
        "forward_callbacks": {
          "anyOf": [{ "$ref": "#/definitions/services" }, { "type": "boolean" }]
        },
        "rename": { "type": "string" },
        "retire": { "$ref": "#/definitions/services" },
        "rollback": { "$ref": "#/definitions/services" },
        "dual_write": { "$ref": "#/definitions/services" },
        "shadow_read": { "$ref": "#/definitions/services" },
        "close": { "$ref": "#/definitions/services", "description": "pages" },
        "open": { "$ref": "#/definitions/services", "description": "pages" },
        "speed": {
          "type": "string",
          "pattern": "^([0-9]+ rows/s|unlimited)$",
          "description": "2000 rows/s, or unlimited"
        },
        "chunk": { "type": "integer", "minimum": 1, "maximum": 100000 },
        "pause_when": { "$ref": "#/definitions/condition" },
        "conflict": { "enum": ["changelog_wins", "upsert", "replace", "ignore", "fail"] },
        "order": { "enum": ["parents_first", "parents_last"] },
        "locking": { "type": "boolean" },
        "checkpoint": { "enum": ["with_data", "apart"] },
        "retention": { "$ref": "#/definitions/duration" },
        "at_once": { "type": "integer", "minimum": 1, "maximum": 64 },
        "missing": { "enum": ["insert", "ignore", "fail"] },
        "carries": { "enum": ["state", "images"] },
        "sample": { "$ref": "#/definitions/share" },
        "rechecks": { "type": "integer", "minimum": 0, "maximum": 1000 },
        "cursor": { "enum": ["own", "copy"] },
        "poll": { "$ref": "#/definitions/duration" },
        "batch": { "type": "integer", "minimum": 1, "maximum": 100000 },
        "freeze_at_most": { "$ref": "#/definitions/duration" },
        "at_limit": { "enum": ["abort", "go_on"] },
        "may_abort": {
          "type": "boolean",
          "description": "an abort is what the rehearsal wants to see"
        },
        "fence": { "enum": ["hold", "refuse"] },
        "drain": { "type": "boolean" },
        "position": { "enum": ["after_drain", "before_drain"] },
        "hold_at_most": { "type": "integer", "minimum": 0, "maximum": 1000000 },
        "reads": { "$ref": "#/definitions/share" },
        "over": { "$ref": "#/definitions/duration" },
        "writes": { "$ref": "#/definitions/share" },
        "share": { "$ref": "#/definitions/share" },
        "by": { "type": "string", "description": "shopper, a partition of the world, or request" },
        "on": { "type": "boolean" },
        "origin_tag": { "type": "boolean" },
        "failback": { "type": "boolean" },
        "mode": { "enum": ["sync", "async"] },
        "slots": { "type": "integer", "minimum": 1, "maximum": 10000 },
        "when_busy": { "enum": ["wait", "drop"] },
        "ordered": { "type": "boolean" },
        "half_write": { "enum": ["retry", "ignore", "fail"] },
        "authoritative": { "enum": ["source", "target"] },
        "read_only_first": { "$ref": "#/definitions/duration" }
      }
    },
    "surprise": {
      "type": "object",
      "additionalProperties": false,
      "required": ["at", "for"],
      "oneOf": [
        { "required": ["slow", "by"] },
        { "required": ["cut"] },
        { "required": ["lossy", "by"] },
        { "required": ["pause"] },
        { "required": ["kill"] },
        { "required": ["stale"] }
      ],
      "properties": {
        "at": { "$ref": "#/definitions/duration" },
        "for": { "$ref": "#/definitions/duration" },
        "name": { "type": "string" },
        "slow": { "type": "string", "description": "a link, a platform, a service or a ledger" },
        "cut": { "enum": ["edge-source", "edge-target", "source-target", "gateway"] },
        "lossy": { "enum": ["edge-source", "edge-target", "source-target", "gateway"] },
        "pause": { "enum": ["source", "target"] },
        "kill": { "enum": ["source", "target", "migrator"] },
        "stale": { "type": "string", "pattern": "^edge [0-9]+$" },
        "by": {
          "anyOf": [{ "$ref": "#/definitions/duration" }, { "$ref": "#/definitions/share" }]
        },
        "direction": { "enum": ["both", "there", "back"] },
        "also_in_control": { "type": "boolean" }
      }
    }
  }
}
)json";

}  // namespace

std::string_view scenario_schema() { return kScenarioSchema; }

}  // namespace pindah
