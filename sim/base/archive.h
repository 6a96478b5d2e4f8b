// Plain data to bytes and back: how the state of a universe is snapshotted. A type takes part by a
// member `template <class A> void archive(A& a) { a(x, y, z); }`, the same for both directions.
#pragma once

#include <array>
#include <cstring>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/problem.h"
#include "base/value.h"

namespace pindah {

template <class T>
concept PlainBytes = std::is_arithmetic_v<T> || std::is_enum_v<T>;

class ArchiveWriter {
 public:
  static constexpr bool reading = false;
  // What has been written; nothing is, afterwards.
  std::string take() {
    bytes_.resize(std::exchange(size_, 0));
    return std::move(bytes_);
  }

  template <class... T>
  void operator()(const T&... fields) {
    (write(fields), ...);
  }

 private:
  // Millions of small pieces: append() of a string takes three times as long.
  void put(const void* from, std::size_t size) {
    if (bytes_.size() - size_ < size) bytes_.resize(2 * bytes_.size() + size);
    if (size > 0) std::memcpy(bytes_.data() + size_, from, size);
    size_ += size;
  }
  template <PlainBytes T>
  void write(const T& field) {
    put(&field, sizeof field);
  }
  void write(std::string_view s) {
    write(static_cast<std::uint64_t>(s.size()));
    put(s.data(), s.size());
  }
  void write(const std::string& s) { write(std::string_view(s)); }
  void write(const Value& v) {
    write(static_cast<std::uint8_t>(v.index()));
    if (const auto* i = std::get_if<std::int64_t>(&v)) write(*i);
    if (const auto* s = std::get_if<std::string>(&v)) write(*s);
  }
  template <class T, class U>
  void write(const std::pair<T, U>& p) {
    write(p.first), write(p.second);
  }
  template <class... T>
  void write(const std::tuple<T...>& t) {
    std::apply([this](const T&... items) { (write(items), ...); }, t);
  }
  template <class T>
  void write(const std::optional<T>& o) {
    write(o.has_value());
    if (o) write(*o);
  }
  template <class T>
  requires requires(const T& c) { c.begin(), c.size(); }
  void write(const T& container) {
    write(static_cast<std::uint64_t>(container.size()));
    for (const auto& item : container) write(static_cast<const typename T::value_type&>(item));
  }
  template <class T>
  requires requires(T& t, ArchiveWriter& a) { t.archive(a); }
  void write(const T& object) {
    const_cast<T&>(object).archive(*this);  // archive() only reads when it writes
  }

  std::string bytes_;  // longer than what has been written
  std::size_t size_ = 0;
};

class ArchiveReader {
 public:
  static constexpr bool reading = true;
  explicit ArchiveReader(std::string_view bytes) : bytes_(bytes) {}
  bool done() const { return bytes_.empty(); }

  template <class... T>
  void operator()(T&... fields) {
    (read(fields), ...);
  }

 private:
  std::string_view take(std::size_t n) {
    ensure(n <= bytes_.size(), "a snapshot ends too early");
    const std::string_view head = bytes_.substr(0, n);
    bytes_.remove_prefix(n);
    return head;
  }
  template <PlainBytes T>
  void read(T& field) {
    std::memcpy(&field, take(sizeof field).data(), sizeof field);
  }
  std::uint64_t count() {
    std::uint64_t n = 0;
    read(n);
    return n;
  }
  void read(std::string& s) { s = take(count()); }
  void read(Value& v) {
    std::uint8_t index = 0;
    read(index);
    if (index == 0) v = std::monostate{};
    if (index == 1) read(v.emplace<std::int64_t>());
    if (index == 2) read(v.emplace<std::string>());
  }
  template <class T, class U>
  void read(std::pair<T, U>& p) {
    read(p.first), read(p.second);
  }
  template <class... T>
  void read(std::tuple<T...>& t) {
    std::apply([this](T&... items) { (read(items), ...); }, t);
  }
  template <class T>
  void read(std::optional<T>& o) {
    bool has = false;
    read(has);
    o.reset();
    if (has) read(o.emplace());
  }
  template <class T, std::size_t N>
  void read(std::array<T, N>& a) {
    ensure(count() == N, "a snapshot does not fit");
    for (T& item : a) read(item);
  }
  template <class T>
  requires requires(T& c) { c.emplace_back(); }
  void read(T& list) {
    list.clear();
    for (std::uint64_t n = count(); n > 0; --n) {
      typename T::value_type item{};
      read(item);
      list.push_back(std::move(item));
    }
  }
  template <class K, class V, class C, class M>
  void read(std::map<K, V, C, M>& map) {
    map.clear();
    for (std::uint64_t n = count(); n > 0; --n) {
      std::pair<K, V> item{};
      read(item);
      map.emplace_hint(map.end(), std::move(item));
    }
  }
  template <class K, class C, class M>
  void read(std::set<K, C, M>& set) {
    set.clear();
    for (std::uint64_t n = count(); n > 0; --n) {
      K item{};
      read(item);
      set.emplace_hint(set.end(), std::move(item));
    }
  }
  template <class T>
  requires requires(T& t, ArchiveReader& a) { t.archive(a); }
  void read(T& object) { object.archive(*this); }

  std::string_view bytes_;
};

}  // namespace pindah
