# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

# qasyncmysql_add_test(<name>
#     SOURCES <files>...       # the test class, usually <name>.cpp
#     [LIBS <targets>...]      # default QAsyncMySql::Core
#     LABELS <labels>...       # unit, integration, qml, packaging, ...; the folder's name is added
#     [GUI]                    # the test needs a QGuiApplication
#     [WIDGETS]                # the test needs a QApplication
#     [RESOURCE_LOCK <names>...] [TIMEOUT <seconds>] [ENVIRONMENT <NAME=value>...])
#
# Unit tests are linked with the internal variants of our libraries and may look inside ("protocol/packetreader.h"); all others get what
# users get.
function(qasyncmysql_add_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "GUI;WIDGETS" "TIMEOUT" "SOURCES;LIBS;LABELS;RESOURCE_LOCK;ENVIRONMENT")
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "qasyncmysql_add_test(${name}): unknown arguments: ${arg_UNPARSED_ARGUMENTS}")
    endif()
    if(NOT arg_SOURCES OR NOT arg_LABELS)
        message(FATAL_ERROR "qasyncmysql_add_test(${name}): SOURCES and LABELS are needed")
    endif()
    if(NOT arg_LIBS)
        set(arg_LIBS QAsyncMySql::Core)
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()

    get_filename_component(area "${CMAKE_CURRENT_SOURCE_DIR}" NAME)
    list(APPEND arg_LABELS "${area}")
    list(REMOVE_DUPLICATES arg_LABELS)

    set(libraries)
    foreach(library IN LISTS arg_LIBS)
        if("unit" IN_LIST arg_LABELS AND TARGET ${library}Internal)
            string(APPEND library "Internal")
        endif()
        list(APPEND libraries ${library})
    endforeach()
    if(arg_WIDGETS)
        find_package(Qt6Widgets ${QASYNCMYSQL_QT_MINIMUM} REQUIRED)
        list(APPEND libraries Qt6::Widgets)
    elseif(arg_GUI)
        find_package(Qt6Gui ${QASYNCMYSQL_QT_MINIMUM} REQUIRED)
        list(APPEND libraries Qt6::Gui)
    endif()

    add_executable(${name} ${arg_SOURCES})
    qasyncmysql_apply_build_flags(${name})
    target_link_libraries(${name} PRIVATE ${libraries} Qt6::Test)
    target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
    if(TARGET qasyncmysql_qt_order)
        target_link_libraries(${name} PRIVATE qasyncmysql_qt_order)
    endif()
    qasyncmysql_precompile_test(${name})

    add_test(NAME ${name} COMMAND ${name})
    qasyncmysql_set_test_properties(${name} LABELS ${arg_LABELS} TIMEOUT ${arg_TIMEOUT}
        RESOURCE_LOCK ${arg_RESOURCE_LOCK} ENVIRONMENT ${arg_ENVIRONMENT})
endfunction()

# qasyncmysql_add_fuzz_test(<name> SOURCES <files>... SEEDS <script> [LIBS <targets>...])
#
# A function LLVMFuzzerTestOneInput(). With QASYNCMYSQL_FUZZ (the preset clang-fuzz) it becomes a libFuzzer program, and the test
# searches for a minute; otherwise the test gives it the seeds and a fixed set of variations of them. The script writes the
# seeds into the folder that it is given.
function(qasyncmysql_add_fuzz_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "SEEDS" "SOURCES;LIBS")
    find_package(Python3 3.9 QUIET COMPONENTS Interpreter)
    if(NOT Python3_FOUND)
        return()
    endif()
    set(seeds "${CMAKE_CURRENT_BINARY_DIR}/${name}_seeds")
    list(TRANSFORM arg_LIBS APPEND "Internal" REGEX "^QAsyncMySql::")

    add_executable(${name} ${arg_SOURCES})
    qasyncmysql_apply_build_flags(${name})
    target_link_libraries(${name} PRIVATE ${arg_LIBS})
    if(QASYNCMYSQL_FUZZ)
        target_link_options(${name} PRIVATE -fsanitize=fuzzer)
        set(corpus "${CMAKE_CURRENT_BINARY_DIR}/${name}_corpus")
        file(MAKE_DIRECTORY "${corpus}")
        set(arguments -max_total_time=60 -max_len=65536 -timeout=10 -print_final_stats=1 "${corpus}" "${seeds}")
    else()
        target_sources(${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests/fuzz/replay.cpp")
        set(arguments "${seeds}")
    endif()
    add_custom_command(TARGET ${name} POST_BUILD
        COMMAND "${Python3_EXECUTABLE}" -B "${CMAKE_CURRENT_SOURCE_DIR}/${arg_SEEDS}" "${seeds}" VERBATIM)
    add_test(NAME ${name} COMMAND ${name} ${arguments})
    qasyncmysql_set_test_properties(${name} LABELS unit fuzz TIMEOUT 300)
endfunction()

# qasyncmysql_set_test_properties(<test> LABELS ... TIMEOUT ... [RESOURCE_LOCK ...] [ENVIRONMENT ...])
# For tests that are not one QtTest program: the same environment.
function(qasyncmysql_set_test_properties name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "LABELS;RESOURCE_LOCK;ENVIRONMENT")
    set(suppressions lsan.supp)
    if("integration" IN_LIST arg_LABELS)
        set(suppressions lsan-integration.supp)
    endif()
    set(environment
        QT_QPA_PLATFORM=offscreen
        QT_QUICK_BACKEND=software
        "QML_IMPORT_PATH=${PROJECT_BINARY_DIR}/qml"
        "ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1:check_initialization_order=1"
        UBSAN_OPTIONS=print_stacktrace=1
        "LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/${suppressions}:print_suppressions=0"
        "TSAN_OPTIONS=halt_on_error=1:die_after_fork=0:history_size=4:suppressions=${PROJECT_SOURCE_DIR}/tests/tsan.supp"
        ${arg_ENVIRONMENT}
    )
    set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" ENVIRONMENT "${environment}")
    if(arg_TIMEOUT)
        if(QASYNCMYSQL_SANITIZE OR QASYNCMYSQL_COVERAGE) # several times slower
            math(EXPR arg_TIMEOUT "${arg_TIMEOUT} * 4")
        endif()
        set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT})
    endif()
    # They share servers that a fixture starts once (tests/support/servers). Run by hand, a test starts its own.
    if("integration" IN_LIST arg_LABELS AND TARGET qasyncmysql_test_servers)
        set_tests_properties(${name} PROPERTIES FIXTURES_REQUIRED servers)
        set_property(TEST ${name} APPEND PROPERTY
            ENVIRONMENT "QASYNCMYSQL_TEST_SERVERS_FILE=${PROJECT_BINARY_DIR}/test-servers.json")
        if(TARGET ${name}) # building the one test is enough to run it
            add_dependencies(${name} qasyncmysql_test_servers)
        endif()
    endif()
    if(arg_RESOURCE_LOCK)
        set_tests_properties(${name} PROPERTIES RESOURCE_LOCK "${arg_RESOURCE_LOCK}")
    endif()
endfunction()
