#include "sqlite/page_cache.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <utility>

#include "base/problem.h"
#include "sqlite/memory.h"

namespace pindah {
namespace {

// A page's header, its content and SQLite's own extra bytes lie side by side.
struct Page {
  sqlite3_pcache_page face;  // what SQLite sees; first, so that a pointer to it is one to the Page
  unsigned key;
  Page* next_free;
};

// Pages come in blocks: one by one, an allocator rounds each up by a fifth. The first blocks are
// small, because SQLite makes a cache for every sort.
struct alignas(16) Block {
  Block* next;
  std::size_t bytes;
};
constexpr unsigned kMostPagesOfBlock = 64;

// SQLite calls from C: nothing here throws, and no memory is a null pointer.
class Cache {
 public:
  Cache(int page_bytes, int extra_bytes, bool purgeable)
      : page_bytes_(static_cast<std::size_t>(page_bytes)),
        extra_bytes_(static_cast<std::size_t>(extra_bytes)),
        stride_((sizeof(Page) + page_bytes_ + extra_bytes_ + 15) / 16 * 16),
        purgeable_(purgeable) {
    if (!purgeable) newest = self_ = std::make_shared<void*>(this);
  }
  Cache(const Cache&) = delete;
  Cache& operator=(const Cache&) = delete;
  ~Cache() {
    while (blocks_ != nullptr) {
      database_memory::give_back(blocks_->bytes);
      std::free(std::exchange(blocks_, blocks_->next));
    }
    std::free(pages_);
    if (self_) *self_ = nullptr;
  }
  // Of those that are never emptied, which are in-memory databases'.
  static thread_local std::shared_ptr<void*> newest;

  int size() const { return static_cast<int>(count_); }
  void limit(int pages) { most_ = pages > 0 ? static_cast<unsigned>(pages) : 0; }

  // create: 0 no, 1 if that is easy, 2 in any case.
  Page* fetch(unsigned key, int create) {
    if (key < slots_ && pages_[key] != nullptr) return pages_[key];
    if (far_ != nullptr && far_->key == key) return far_;
    if (create == 0 || (create == 1 && full()) || !reserve(key)) return nullptr;
    Page* page = allocate(key);
    if (page == nullptr) return nullptr;
    put(page, key);
    ++count_;
    return page;
  }

  // Only caches of files are bounded: they keep what came first and let go of what comes on top.
  void unpin(Page* page, bool discard) {
    if (discard || (purgeable_ && count_ > most_)) drop(page->key);
  }

  // To reorder pages, SQLite moves one for a moment to the number at 1 GiB. A truncation, which
  // each commit asks for, must not search all numbers up to there ever after.
  // Where there is no room for that number, which SQLite cannot be told, the page is kept apart.
  void rekey(Page* page, unsigned from, unsigned to) {
    const bool room = reserve(to);
    drop(to);
    if (page == far_) {
      far_ = nullptr;
    } else {
      pages_[from] = nullptr;
      if (from + 1 == end_) end_ = end_but_last_;
    }
    if (room) return put(page, to);
    ensure_apart();
    page->key = to;
    far_ = page;
  }

  void truncate(unsigned from) {
    if (far_ != nullptr && far_->key >= from) drop(far_->key);
    for (unsigned key = from; key < end_; ++key) drop(key);
    end_ = std::min(end_, from);
    end_but_last_ = std::min(end_but_last_, end_);
  }

 private:
  bool full() const { return purgeable_ && count_ >= most_; }

  void put(Page* page, unsigned key) {
    pages_[key] = page;
    page->key = key;
    if (key >= end_) {
      end_but_last_ = std::exchange(end_, key + 1);
    } else if (key + 1 < end_) {
      end_but_last_ = std::max(end_but_last_, key + 1);
    }
  }

  bool reserve(unsigned key) {
    if (key < slots_) return true;
    const std::size_t grown = std::size_t{slots_} + slots_ / 2;
    const std::size_t wanted = grown > key ? grown : std::size_t{key} + 64;
    void* moved = std::realloc(pages_, wanted * sizeof(Page*));
    if (moved == nullptr) return false;
    pages_ = static_cast<Page**>(moved);
    std::memset(pages_ + slots_, 0, (wanted - slots_) * sizeof(Page*));
    slots_ = static_cast<unsigned>(wanted);
    return true;
  }

  // SQLite tells a fresh page by zeroed extra bytes.
  Page* allocate(unsigned key) {
    if (free_ == nullptr && !add_block()) return nullptr;
    Page* page = std::exchange(free_, free_->next_free);
    char* content = reinterpret_cast<char*>(page) + sizeof(Page);
    std::memset(content + page_bytes_, 0, extra_bytes_);
    page->face = {content, content + page_bytes_};
    page->key = key;
    return page;
  }

  bool add_block() {
    const unsigned pages = std::clamp(count_, 1U, kMostPagesOfBlock);
    const std::size_t bytes = sizeof(Block) + pages * stride_;
    if (!database_memory::take(bytes)) return false;
    char* memory = static_cast<char*>(std::malloc(bytes));
    if (memory == nullptr) {
      database_memory::give_back(bytes);
      return false;
    }
    blocks_ = new (memory) Block{blocks_, bytes};
    for (unsigned i = pages; i-- > 0;)
      free_ = new (memory + sizeof(Block) + i * stride_) Page{{}, 0, free_};
    return true;
  }

  // One page at a time is away, as SQLite reorders.
  void ensure_apart() const {
    if (far_ != nullptr) std::terminate();
  }

  void drop(unsigned key) {
    if (far_ != nullptr && far_->key == key) {
      far_->next_free = free_;
      free_ = std::exchange(far_, nullptr);
      --count_;
      return;
    }
    if (key >= slots_ || pages_[key] == nullptr) return;
    pages_[key]->next_free = free_;
    free_ = std::exchange(pages_[key], nullptr);
    --count_;
  }

  std::size_t page_bytes_;
  std::size_t extra_bytes_;
  std::size_t stride_;  // from one page of a block to the next
  bool purgeable_;
  std::shared_ptr<void*> self_;
  unsigned most_ = 100;
  unsigned count_ = 0;
  unsigned end_ = 0;           // no page has this number or a higher one
  unsigned end_but_last_ = 0;  // nor this one, but for the page before end_
  unsigned slots_ = 0;
  Page** pages_ = nullptr;  // by page number
  Page* far_ = nullptr;     // one whose number had no room there
  Page* free_ = nullptr;
  Block* blocks_ = nullptr;
};

thread_local std::shared_ptr<void*> Cache::newest;

Cache* cache(sqlite3_pcache* face) { return reinterpret_cast<Cache*>(face); }
Page* page(sqlite3_pcache_page* face) { return reinterpret_cast<Page*>(face); }

sqlite3_pcache* create(int page_bytes, int extra_bytes, int purgeable) {
  try {
    void* made = new Cache(page_bytes, extra_bytes, purgeable != 0);
    return static_cast<sqlite3_pcache*>(made);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

}  // namespace

MemoryPages MemoryPages::newest() {
  MemoryPages pages;
  pages.cache_ = Cache::newest;
  return pages;
}

const char* MemoryPages::page(unsigned number) const {
  ensure(cache_ && *cache_ != nullptr, "the pages of a database that is gone");
  const Page* found = static_cast<Cache*>(*cache_)->fetch(number, 0);
  return found ? static_cast<const char*>(found->face.pBuf) : nullptr;
}

sqlite3_pcache_methods2 dense_page_cache() {
  sqlite3_pcache_methods2 m{};
  m.iVersion = 1;
  m.xInit = [](void*) { return SQLITE_OK; };
  m.xShutdown = [](void*) {};
  m.xCreate = create;
  m.xCachesize = [](sqlite3_pcache* c, int pages) { cache(c)->limit(pages); };
  m.xPagecount = [](sqlite3_pcache* c) { return cache(c)->size(); };
  m.xFetch = [](sqlite3_pcache* c, unsigned key, int how) -> sqlite3_pcache_page* {
    Page* found = cache(c)->fetch(key, how);
    return found ? &found->face : nullptr;
  };
  m.xUnpin = [](sqlite3_pcache* c, sqlite3_pcache_page* p, int discard) {
    cache(c)->unpin(page(p), discard != 0);
  };
  m.xRekey = [](sqlite3_pcache* c, sqlite3_pcache_page* p, unsigned from, unsigned to) {
    cache(c)->rekey(page(p), from, to);
  };
  m.xTruncate = [](sqlite3_pcache* c, unsigned from) { cache(c)->truncate(from); };
  m.xDestroy = [](sqlite3_pcache* c) { delete cache(c); };
  m.xShrink = [](sqlite3_pcache*) {};
  return m;
}

}  // namespace pindah
