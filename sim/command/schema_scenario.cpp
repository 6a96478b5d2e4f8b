#include "command/schema_texts.h"
#include "scenario/vocabulary/schema.h"

namespace pindah {
namespace {

constexpr std::string_view kScenarioSchema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "A scenario of Pindah",
  "type": "object",
  "additionalProperties": false,
  "required": ["pindah"],
  "anyOf": [{ "required": ["world"] }, { "required": ["extends"] }],
  "properties": {
    "pindah": { "const": 1, "description": "version of this format" },
    "extends": {
      "type": "string",
      "description": "a scenario beside this one or above it: maps merge, lists are replaced"
    },
    "edits": {
      "type": "array",
      "items": { "type": "string" },
      "description": "changes of what is extended, by name: plan[cutover of orders].at += 8m"
    },
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
      "properties": {
        "use": {
          "description": "sets of lines of the world's budgets.yaml",
          "anyOf": [
            { "type": "string" },
            { "type": "array", "items": { "type": "string" } }
          ]
        }
      },
      "additionalProperties": { "type": "string" }
    }
  },
  "definitions": {
    "duration": {
      "type": "string",
      "description": "with its unit: 250ms, 20s, 1h30m"
    },
    "rate": { "type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?/s$", "description": "8/s" },
    "share": {
      "type": "string",
      "pattern": "^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]{1,4}0*)?|\\.[0-9]{1,4}0*)%$",
      "description": "0% to 100%: 0.1%"
    },
    "rows": {
      "type": "string",
      "pattern": "^(unlimited|(1000000|[1-9][0-9]{0,5}) rows/s)$",
      "description": "1 rows/s to 1000000 rows/s, or unlimited"
    },
    "text": { "type": ["string", "number", "boolean"] },
    "condition": {
      "type": "string",
      "description": "of what operators see: lag(orders) < 1s for 2m"
    },
    "conditions": {
      "anyOf": [
        { "$ref": "#/definitions/condition" },
        { "type": "array", "minItems": 1, "items": { "$ref": "#/definitions/condition" } }
      ]
    },
    "names": {
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
    }
  }
}
)json";

// Each unit once at most, the larger first.
std::string duration_pattern() {
  std::string pattern = "^(?=.)";
  for (const char* unit : {"d", "h", "m", "s", "ms", "us"})
    pattern += "([0-9]*\\.?[0-9]+" + std::string(unit) + ")?";
  return pattern + "$";
}

}  // namespace

// What the rows of steps and surprises say is filled in.
std::string scenario_schema() {
  nlohmann::ordered_json schema = nlohmann::ordered_json::parse(kScenarioSchema);
  schema["definitions"].update(vocabulary_schema());
  schema["definitions"]["duration"]["pattern"] = duration_pattern();
  return schema.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace pindah
