// As much of JSON Schema (draft-07) as our own schemas use, so that they can be held against what
// the reader takes. A word that it does not know is a failure of the test.
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <stdexcept>
#include <string>

#include "base/yaml.h"

namespace pindah::test {

using Json = nlohmann::ordered_json;

// As an editor sees a YAML text: what is not in quotes may be a number or a flag.
inline Json as_json(const YAML::Node& node) {
  Json json;
  if (node.IsMap()) {
    json = Json::object();
    for (const auto& entry : node) json[entry.first.Scalar()] = as_json(entry.second);
  } else if (node.IsSequence()) {
    json = Json::array();
    for (const auto& item : node) json.push_back(as_json(item));
  } else if (node.IsScalar()) {
    const std::string text = node.Scalar();
    static const std::regex number(R"(-?[0-9]+(\.[0-9]+)?)");
    if (node.Tag() == "!")
      json = text;
    else if (text == "true" || text == "false")
      json = text == "true";
    else if (std::regex_match(text, number))
      json = Json::parse(text.find('.') == std::string::npos && text.size() > 1
                             ? text.substr(std::min(text.find_first_not_of('0'), text.size() - 1))
                             : text);
    else
      json = text;
  }
  return json;
}

class JsonSchema {
 public:
  explicit JsonSchema(const std::string& text) : root_(Json::parse(text)) {}
  bool takes(const Json& value) const { return takes(root_, value); }

 private:
  static bool is(const std::string& type, const Json& value) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    if (type == "boolean") return value.is_boolean();
    throw std::runtime_error("unknown type " + type);
  }

  std::size_t count(const Json& schemas, const Json& value) const {
    return static_cast<std::size_t>(std::count_if(
        schemas.begin(), schemas.end(), [&](const Json& one) { return takes(one, value); }));
  }

  bool takes(const Json& schema, const Json& value) const {
    if (schema.is_boolean()) return schema.get<bool>();
    if (schema.contains("$ref"))
      return takes(root_.at(Json::json_pointer(schema["$ref"].get<std::string>().substr(1))),
                   value);
    for (const auto& [word, rule] : schema.items())
      if (!holds(schema, word, rule, value)) return false;
    return true;
  }

  bool holds(const Json& schema, const std::string& word, const Json& rule,
             const Json& value) const {
    static const std::set<std::string> kSaysNothing{
        "$schema", "title", "description", "default", "definitions", "additionalProperties",
        "then"};
    if (kSaysNothing.contains(word)) return true;
    if (word == "type") {
      const Json types = rule.is_array() ? rule : Json::array({rule});
      return std::any_of(types.begin(), types.end(),
                         [&](const Json& type) { return is(type.get<std::string>(), value); });
    }
    if (word == "const") return value == rule;
    if (word == "enum") return std::find(rule.begin(), rule.end(), value) != rule.end();
    if (word == "allOf") return count(rule, value) == rule.size();
    if (word == "anyOf") return count(rule, value) > 0;
    if (word == "oneOf") return count(rule, value) == 1;
    if (word == "not") return !takes(rule, value);
    if (word == "if") return !takes(rule, value) || takes(schema["then"], value);
    if (value.is_object()) return holds_of_object(schema, word, rule, value);
    if (value.is_array()) return holds_of_array(word, rule, value);
    return holds_of_scalar(word, rule, value);
  }

  bool holds_of_object(const Json& schema, const std::string& word, const Json& rule,
                       const Json& value) const {
    if (word == "required")
      return std::all_of(rule.begin(), rule.end(),
                         [&](const Json& key) { return value.contains(key.get<std::string>()); });
    if (word != "properties") return known_elsewhere(word);
    for (const auto& [key, one] : value.items()) {
      const bool stated = rule.contains(key);
      if (stated && !takes(rule[key], one)) return false;
      if (!stated && !takes(schema.value("additionalProperties", Json(true)), one)) return false;
    }
    return true;
  }

  bool holds_of_array(const std::string& word, const Json& rule, const Json& value) const {
    if (word == "items")
      return std::all_of(value.begin(), value.end(),
                         [&](const Json& one) { return takes(rule, one); });
    if (word == "minItems") return value.size() >= rule.get<std::size_t>();
    if (word == "maxItems") return value.size() <= rule.get<std::size_t>();
    if (word == "uniqueItems") {
      const std::set<Json> items(value.begin(), value.end());
      return items.size() == value.size();
    }
    return known_elsewhere(word);
  }

  static bool holds_of_scalar(const std::string& word, const Json& rule, const Json& value) {
    if (word == "pattern")
      return !value.is_string() ||
             std::regex_search(value.get<std::string>(), std::regex(rule.get<std::string>()));
    if (word == "minimum") return !value.is_number() || value >= rule;
    if (word == "maximum") return !value.is_number() || value <= rule;
    return known_elsewhere(word);
  }

  // Of values of another type it says nothing.
  static bool known_elsewhere(const std::string& word) {
    static const std::set<std::string> kKnown{"required", "properties", "items",
                                              "minItems", "maxItems",   "uniqueItems",
                                              "pattern",  "minimum",    "maximum"};
    if (!kKnown.contains(word)) throw std::runtime_error("unknown word " + word);
    return true;
  }

  Json root_;
};

}  // namespace pindah::test
