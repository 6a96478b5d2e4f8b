#include "metrics/parse_parts.h"

namespace pindah {
namespace {

const OperatorRow* operator_metric(Cursor& cursor, const Names& names) {
  const auto [name, at] = cursor.word();
  const OperatorRow* metric = find_metric(names.operator_rows, name);
  if (metric != nullptr) return metric;
  const std::vector<std::string> known = metric_names(names.operator_rows);
  if (number_of(names.anomalies, name) >= 0 || find_metric(names.verdict_rows, name) != nullptr) {
    cursor.fail(at, quoted(name) + " is known to the verdict alone; a plan sees what operators see",
                "one of: " + listed(known));
  } else if (name.empty()) {
    cursor.fail(at, "a condition starts with a metric", "such as lag(payments) < 1s");
  } else {
    cursor.fail(at, "unknown metric " + quoted(name), "one of: " + listed(known),
                did_you_mean(name, known));
  }
  return nullptr;
}

bool read_comparison(Cursor& cursor, const Signature& signature, Expression& expression) {
  const std::size_t sign_at = cursor.at();
  const std::optional<Compare> compare = read_compare(cursor);
  const bool truth = signature.unit == Unit::truth;
  if (!compare) {
    if (truth) return true;
    cursor.fail(sign_at, quoted(signature.name) + " needs a comparison",
                "<, <=, ==, !=, >= or > and " + wanted(signature.unit));
    return false;
  }
  expression.compare = *compare;
  const auto [text, at] = cursor.chunk();
  const std::optional<std::int64_t> value = parse_value(signature.unit, text);
  const bool equality = *compare == Compare::equal || *compare == Compare::not_equal;
  if (!value || (truth && !equality)) {
    cursor.fail(value ? sign_at : at,
                quoted(value ? cursor.slice(sign_at, at) : text) + " does not fit " +
                    quoted(signature.name),
                truth ? "== true or == false" : wanted(signature.unit));
    return false;
  }
  expression.value = *value;
  return !refuse_constant(cursor, sign_at, signature.unit, *compare, *value);
}

}  // namespace

std::optional<Expression> parse_condition(std::string_view text, const Place& place,
                                          const Names& names, Problems& problems) {
  Cursor cursor(text, place, problems);
  const OperatorRow* metric = operator_metric(cursor, names);
  if (metric == nullptr) return {};
  std::optional<MetricArguments> arguments = read_arguments(cursor, *metric, names);
  if (!arguments) return {};
  Expression expression;
  expression.place = place;
  expression.text = text;
  expression.metric = metric;
  expression.arguments = std::move(*arguments);
  if (!read_comparison(cursor, *metric, expression)) return {};
  if (cursor.take_word("for")) {
    const std::optional<Micros> hold = read_duration(cursor, "for");
    if (!hold) return {};
    expression.hold = *hold;
  }
  end_of(cursor, "for DURATION, or nothing more; several that must all hold are a list");
  return cursor.failed() ? std::nullopt : std::optional(std::move(expression));
}

}  // namespace pindah
