#include "base/fixed.h"
#include "metrics/parse_parts.h"

namespace pindah {
namespace {

// What is judged: a metric of the table, or an anomaly of the world by its name.
bool read_verdict_metric(Cursor& cursor, const Names& names, Budget& budget) {
  const auto [name, at] = cursor.word();
  budget.metric = find_metric(names.verdict_rows, name);
  if (budget.metric != nullptr) return true;
  budget.anomaly = number_of(names.anomalies, name);
  budget.metric = &row_of(VerdictMetric::anomaly);
  if (budget.anomaly >= 0) return true;
  std::vector<std::string> known = metric_names(names.verdict_rows);
  known.insert(known.end(), names.anomalies.begin(), names.anomalies.end());
  if (find_metric(names.operator_rows, name) != nullptr) {
    cursor.fail(at, quoted(name) + " is for a plan; a budget judges what shoppers met",
                "one of: " + listed(known));
  } else if (name.empty()) {
    cursor.fail(at, "a budget line starts with a metric", "such as noticed <= 0.1%");
  } else {
    cursor.fail(at, "unknown metric " + quoted(name), "one of: " + listed(known),
                did_you_mean(name, known));
  }
  return false;
}

// `N x control` after N was read as `text`.
bool read_times_control(Cursor& cursor, std::string_view text, std::size_t at, Budget& budget) {
  const std::size_t x_at = cursor.at();
  if (!cursor.take_word("control")) {
    cursor.fail(x_at, "`control` is expected after `x`", "N x control");
    return false;
  }
  if (budget.metric->not_in_control) {
    cursor.fail(at, quoted(budget.metric->name) + " has no value in the control universe",
                wanted(budget.metric->unit));
    return false;
  }
  budget.times_control_ppm = parse_scaled(text, kWhole);
  if (budget.times_control_ppm && *budget.times_control_ppm > 0) return true;
  cursor.fail(at, quoted(text) + " is not a factor above zero", "such as 1.2 x control");
  return false;
}

bool read_limit(Cursor& cursor, Budget& budget) {
  const VerdictRow& metric = *budget.metric;
  const std::size_t sign_at = cursor.at();
  budget.compare = read_compare(cursor);
  if (!budget.compare) return true;
  const auto [text, at] = cursor.chunk();
  if (cursor.take_word("x")) return read_times_control(cursor, text, at, budget);
  const std::optional<std::int64_t> value = parse_value(metric.unit, text);
  if (!value) {
    const std::string alternative = metric.not_in_control ? "" : "; or 1.2 x control";
    cursor.fail(at, quoted(text) + " does not fit " + quoted(cursor.slice(0, sign_at)),
                wanted(metric.unit) + alternative);
    return false;
  }
  budget.value = *value;
  return !refuse_constant(cursor, sign_at, metric.unit, *budget.compare, *value);
}

bool read_window(Cursor& cursor, std::string_view word, Window window, Budget& budget) {
  const std::optional<Micros> length = read_duration(cursor, word);
  if (!length) return false;
  budget.window = window;
  budget.window_length = *length;
  return true;
}

// The longest known step name that stands here; names are words, so nothing else can end them.
bool read_during(Cursor& cursor, const Names& names, Budget& budget) {
  const std::string* best = nullptr;
  for (const std::string& step : names.steps) {
    if (cursor.stands_here(step) && (best == nullptr || step.size() > best->size())) best = &step;
  }
  if (best != nullptr) {
    cursor.take_sign(*best);
    budget.during = step_id(*best);
    return true;
  }
  const auto [text, at] = cursor.until(",");
  cursor.fail(at, "unknown step " + quoted(text), "one of: " + listed(names.steps),
              did_you_mean(text, names.steps));
  return false;
}

bool read_on_fail(Cursor& cursor, Budget& budget) {
  if (cursor.take_word("warn"))
    budget.on_fail = OnFail::warn;
  else if (cursor.take_word("stop"))
    budget.on_fail = OnFail::stop;
  else
    return cursor.fail(cursor.at(), "`warn` or `stop` is expected after the comma"), false;
  return true;
}

// One clause after the limit. `false`: a mistake was reported.
bool read_clause(Cursor& cursor, const Names& names, Budget& budget) {
  const bool window_free = budget.window == Window::whole;
  if (window_free && cursor.take_words("in", "every")) {
    return read_window(cursor, "in every", Window::every, budget);
  }
  for (const std::string_view word : {"within", "for"}) {
    if (window_free && cursor.take_word(word)) {
      return read_window(cursor, word, Window::within, budget);
    }
  }
  if (budget.during == StepId::none && cursor.take_word("during")) {
    return read_during(cursor, names, budget);
  }
  if (budget.after.us == 0 && cursor.take_word("after")) {
    const std::optional<Micros> after = read_duration(cursor, "after");
    budget.after = after.value_or(Micros{});
    return after.has_value();
  }
  if (budget.on_fail == OnFail::fail && cursor.take(',')) return read_on_fail(cursor, budget);
  end_of(cursor, "in every, within or for DURATION; during STEP; after DURATION; , warn or , stop");
  return false;
}

}  // namespace

std::optional<Budget> parse_budget(std::string_view text, const Place& place, const Names& names,
                                   Problems& problems) {
  Cursor cursor(text, place, problems);
  Budget budget;
  if (!read_verdict_metric(cursor, names, budget)) return {};
  std::optional<MetricArguments> arguments = read_arguments(cursor, *budget.metric, names);
  if (!arguments) return {};
  budget.arguments = std::move(*arguments);
  if (!read_limit(cursor, budget)) return {};
  while (!cursor.done()) {
    if (!read_clause(cursor, names, budget)) return {};
  }
  return budget;
}

}  // namespace pindah
