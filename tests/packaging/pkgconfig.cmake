# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

# A user's program built by the compiler and pkg-config alone, as from a makefile.

include("${TEST_DIR}/common.cmake")

set(ENV{PKG_CONFIG_PATH} "${PREFIX}/${LIBDIR}/pkgconfig")
function(pkg_config out)
    execute_process(COMMAND "${PKG_CONFIG}" ${ARGN} OUTPUT_VARIABLE output RESULT_VARIABLE result
        OUTPUT_STRIP_TRAILING_WHITESPACE)
    if(NOT result EQUAL 0)
        list(JOIN ARGN " " text)
        message(FATAL_ERROR "pkg-config ${text} failed")
    endif()
    separate_arguments(output UNIX_COMMAND "${output}")
    set(${out} "${output}" PARENT_SCOPE)
endfunction()

execute_process(COMMAND "${PKG_CONFIG}" --exists Qt6Core RESULT_VARIABLE no_qt)
if(no_qt)
    message(STATUS "this Qt has no pkg-config files: only ours are checked")
    execute_process(COMMAND "${PKG_CONFIG}" --validate QAsyncMySqlModels RESULT_VARIABLE result)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "QAsyncMySqlModels.pc is not valid")
    endif()
    return()
endif()

pkg_config(version --modversion QAsyncMySqlCore)
if(NOT version STREQUAL VERSION)
    message(FATAL_ERROR "QAsyncMySqlCore.pc says version ${version}, not ${VERSION}")
endif()
pkg_config(flags --cflags --libs QAsyncMySqlModels)
pkg_config(libdir --variable=libdir QAsyncMySqlCore)

file(REMOVE_RECURSE "${WORK_DIR}")
file(MAKE_DIRECTORY "${WORK_DIR}")
separate_arguments(FLAGS UNIX_COMMAND "${FLAGS}")
run("${COMPILER}" -std=c++20 -fPIC ${FLAGS} "${TEST_DIR}/findpackage/program.cpp" -o "${WORK_DIR}/program" ${flags}
    "-Wl,-rpath,${libdir}")
run("${WORK_DIR}/program" "${VERSION}")
