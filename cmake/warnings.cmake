# Why this file: one place for compiler options, so that every target is compiled under the same promises.
add_library(yuanliu_options INTERFACE)
option(YUANLIU_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
target_compile_options(yuanliu_options INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast -Wuseless-cast
  -Wnull-dereference -Wdouble-promotion -ffp-contract=off -fstack-protector-strong)
target_compile_definitions(yuanliu_options INTERFACE _GLIBCXX_ASSERTIONS)
if(YUANLIU_SANITIZE)
  target_compile_options(yuanliu_options INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  target_link_options(yuanliu_options INTERFACE -fsanitize=address,undefined)
endif()
find_program(YUANLIU_MOLD mold)
if(YUANLIU_MOLD)
  target_link_options(yuanliu_options INTERFACE -fuse-ld=mold)
endif()
find_program(YUANLIU_CCACHE ccache)
if(YUANLIU_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${YUANLIU_CCACHE}")
endif()
