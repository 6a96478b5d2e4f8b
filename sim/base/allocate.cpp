// What `new` does: memory of malloc, or std::bad_alloc. The allocator that stands in for malloc
// brings a `new` of its own, which ends the program where there is no more memory; a person is to
// be told instead. The sanitizers bring theirs, which stays.
#ifdef PINDAH_OWN_NEW

#include <algorithm>
#include <cstdlib>
#include <new>

namespace {

void* aligned_or_null(std::size_t bytes, std::align_val_t alignment) noexcept {
  void* memory = nullptr;
  const std::size_t least = std::max(static_cast<std::size_t>(alignment), sizeof(void*));
  return posix_memalign(&memory, least, bytes == 0 ? 1 : bytes) == 0 ? memory : nullptr;
}
void* or_null(std::size_t bytes) noexcept { return std::malloc(bytes == 0 ? 1 : bytes); }
void* or_throw(void* memory) {
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

void* operator new(std::size_t bytes) { return or_throw(or_null(bytes)); }
void* operator new[](std::size_t bytes) { return or_throw(or_null(bytes)); }
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept { return or_null(bytes); }
void* operator new[](std::size_t bytes, const std::nothrow_t&) noexcept { return or_null(bytes); }
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  return or_throw(aligned_or_null(bytes, alignment));
}
void* operator new[](std::size_t bytes, std::align_val_t alignment) {
  return or_throw(aligned_or_null(bytes, alignment));
}
void* operator new(std::size_t bytes, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return aligned_or_null(bytes, alignment);
}
void* operator new[](std::size_t bytes, std::align_val_t alignment,
                     const std::nothrow_t&) noexcept {
  return aligned_or_null(bytes, alignment);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t, const std::nothrow_t&) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::align_val_t, const std::nothrow_t&) noexcept {
  std::free(memory);
}

#endif
