# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

# What every target of this project is compiled with. Nothing here reaches a user's program.

# Qt's strict mode: no silent conversions between text and bytes, no keywords that clash with other libraries, no
# connection without a context object. The public headers must compile without these as well (tests/headers).
set(QASYNCMYSQL_STRICT_QT_DEFINES
    QT_NO_CAST_FROM_ASCII
    QT_NO_CAST_TO_ASCII
    QT_NO_CAST_FROM_BYTEARRAY
    QT_NO_URL_CAST_FROM_STRING
    QT_NO_KEYWORDS
    QT_NO_FOREACH
    QT_NO_CONTEXTLESS_CONNECT
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_STRICT_ITERATORS
    QT_USE_QSTRINGBUILDER
    QT_DISABLE_DEPRECATED_BEFORE=0x060400
)

set(QASYNCMYSQL_WARNINGS)
if(MSVC)
    list(APPEND QASYNCMYSQL_WARNINGS /W4 $<$<BOOL:${QASYNCMYSQL_WERROR}>:/WX>)
else()
    list(APPEND QASYNCMYSQL_WARNINGS
        -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wconversion
        $<$<BOOL:${QASYNCMYSQL_WERROR}>:-Werror>
    )
endif()

set(QASYNCMYSQL_INSTRUMENTATION)
set(QASYNCMYSQL_INSTRUMENTATION_LINK)
if(QASYNCMYSQL_SANITIZE)
    list(APPEND QASYNCMYSQL_INSTRUMENTATION
        -fsanitize=${QASYNCMYSQL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    list(APPEND QASYNCMYSQL_INSTRUMENTATION_LINK -fsanitize=${QASYNCMYSQL_SANITIZE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # GCC does not see through its own instrumentation, and finds this in moved std::variants of Qt's types.
        list(APPEND QASYNCMYSQL_INSTRUMENTATION -Wno-maybe-uninitialized)
    elseif(CMAKE_CXX_COMPILER_ID MATCHES "Clang" AND QASYNCMYSQL_SANITIZE MATCHES "undefined")
        # clang 14 cannot emit it for coroutines ("Cannot represent a difference across sections").
        list(APPEND QASYNCMYSQL_INSTRUMENTATION -fno-sanitize=function)
    endif()
endif()
if(QASYNCMYSQL_FUZZ)
    # Coverage feedback in everything; only the fuzz targets themselves link libFuzzer's main().
    list(APPEND QASYNCMYSQL_INSTRUMENTATION -fsanitize=fuzzer-no-link)
    list(APPEND QASYNCMYSQL_INSTRUMENTATION_LINK -fsanitize=fuzzer-no-link)
endif()
if(QASYNCMYSQL_COVERAGE)
    # What the source says is counted; what compilers add to it (clean-up after exceptions) is not.
    if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
        message(FATAL_ERROR "QASYNCMYSQL_COVERAGE needs clang: cmake --preset coverage, or -DCMAKE_CXX_COMPILER=clang++")
    endif()
    list(APPEND QASYNCMYSQL_INSTRUMENTATION -fprofile-instr-generate -fcoverage-mapping -fprofile-update=atomic)
    list(APPEND QASYNCMYSQL_INSTRUMENTATION_LINK -fprofile-instr-generate)
endif()

# qasyncmysql_apply_build_flags(<target>)
function(qasyncmysql_apply_build_flags target)
    target_compile_features(${target} PRIVATE cxx_std_20)
    target_compile_definitions(${target} PRIVATE ${QASYNCMYSQL_STRICT_QT_DEFINES})
    target_compile_options(${target} PRIVATE ${QASYNCMYSQL_WARNINGS} ${QASYNCMYSQL_INSTRUMENTATION})
    target_link_options(${target} PRIVATE ${QASYNCMYSQL_INSTRUMENTATION_LINK})
    set_target_properties(${target} PROPERTIES
        CXX_EXTENSIONS OFF
        CXX_VISIBILITY_PRESET hidden
        VISIBILITY_INLINES_HIDDEN ON
    )
endfunction()
