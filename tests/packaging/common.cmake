# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

# What the scripts of the packaging tests share.

cmake_policy(VERSION 3.22)

# run(<command>...): must succeed.
function(run)
    list(JOIN ARGN " " text)
    message(STATUS "> ${text}")
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE result)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "failed (${result}): ${text}")
    endif()
endfunction()

# configure(<source> <binary> [RESULT <variable> OUTPUT <variable>] <arguments>...)
# A fresh configure with the compiler of our own build. Must succeed unless RESULT is asked for.
function(configure source binary)
    cmake_parse_arguments(PARSE_ARGV 2 arg "" "RESULT;OUTPUT" "")
    file(REMOVE_RECURSE "${binary}")
    set(command "${CMAKE_COMMAND}" -S "${source}" -B "${binary}" -G "${GENERATOR}"
        "-DCMAKE_BUILD_TYPE=${CONFIG}" "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}"
        "-DCMAKE_CXX_FLAGS=${FLAGS}" "-DQt6_DIR=${QT_DIR}" ${arg_UNPARSED_ARGUMENTS})
    if(NOT arg_RESULT)
        run(${command})
        return()
    endif()
    execute_process(COMMAND ${command} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    string(REGEX REPLACE "[ \n\r]+" " " output "${output}") # CMake wraps its messages
    set(${arg_RESULT} "${result}" PARENT_SCOPE)
    set(${arg_OUTPUT} "${output}" PARENT_SCOPE)
endfunction()

function(build_and_test binary)
    run("${CMAKE_COMMAND}" --build "${binary}" --config "${CONFIG}")
    get_filename_component(bin "${CMAKE_COMMAND}" DIRECTORY)
    run("${bin}/ctest" --test-dir "${binary}" -C "${CONFIG}" --output-on-failure --no-tests=error)
endfunction()
