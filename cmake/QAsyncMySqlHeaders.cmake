# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

# The public headers: which library each belongs to, and their CamelCase forwarders, so that a program may write
# <QAsyncMySql/ConnectOptions> for the class in connectoptions.h. Both are read from the headers themselves: a new class
# needs no entry anywhere. Runs at configure time and, in script mode (cmake -P), as a build step:
# the build is what notices that a header has got another class.

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
    cmake_minimum_required(VERSION 3.22)
endif()

# The component of a public header: the one whose export macro it uses, or Core (templates and enums have none).
function(qasyncmysql_header_component out header)
    file(READ "${header}" text)
    set(component Core)
    foreach(candidate IN ITEMS Models Qml Testing)
        string(TOUPPER "${candidate}" upper)
        if(text MATCHES "QASYNCMYSQL_${upper}_EXPORT|qasyncmysql_component: ${candidate}")
            set(component ${candidate})
        endif()
    endforeach()
    set(${out} ${component} PARENT_SCOPE)
endfunction()

# The public headers of a component, with full paths.
function(qasyncmysql_public_headers out component)
    file(GLOB all CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/include/QAsyncMySql/*.h")
    set(headers)
    foreach(header IN LISTS all)
        qasyncmysql_header_component(owner "${header}")
        if(owner STREQUAL component)
            list(APPEND headers "${header}")
        endif()
    endforeach()
    set(${out} ${headers} PARENT_SCOPE)
endfunction()

# The classes and enums that a header defines directly in namespace QAsyncMySql. Follows our formatting rules: these stand at the
# start of a line, nested ones are indented, and a namespace of more than one line is closed by "} // namespace X".
function(qasyncmysql_public_names out header)
    file(READ "${header}" text)
    # Brackets and semicolons would confuse CMake's lists.
    string(REPLACE ";" "<semicolon>" text "${text}")
    string(REGEX REPLACE "\\[\\[[^]]*\\]\\] *" "" text "${text}")
    string(REPLACE "[" "<open>" text "${text}")
    string(REPLACE "]" "<close>" text "${text}")
    string(REPLACE "\n" ";" lines "${text}")

    set(names)
    set(scopes)
    set(number 0)
    set(opened 0)
    foreach(line IN LISTS lines)
        math(EXPR number "${number} + 1")
        math(EXPR lines_inside "${number} - ${opened} - 1")
        if(line MATCHES "^namespace *([A-Za-z:]*) *{ *(//.*)?$")
            list(APPEND scopes "${CMAKE_MATCH_1}")
            set(opened ${number})
        elseif(line MATCHES "^} *// *namespace" OR (line STREQUAL "}" AND lines_inside LESS 2))
            list(POP_BACK scopes)
        elseif("${scopes}" STREQUAL "QAsyncMySql" AND NOT line MATCHES "<semicolon> *(//.*)?$"
               AND line MATCHES "^(class|struct|enum class|enum) (QASYNCMYSQL_[A-Z_]*EXPORT +)?([A-Z][A-Za-z0-9]*)( +final)? *($|[:{/])")
            list(APPEND names "${CMAKE_MATCH_3}")
        endif()
    endforeach()
    list(REMOVE_DUPLICATES names)
    set(${out} "${names}" PARENT_SCOPE)
endfunction()

# Writes the forwarders of all headers of `source_dir` into `output_dir`, one folder per component, and drops stale ones.
function(qasyncmysql_write_forwarders source_dir output_dir)
    file(GLOB headers "${source_dir}/*.h")
    set(written)
    foreach(header IN LISTS headers)
        get_filename_component(file_name "${header}" NAME)
        qasyncmysql_header_component(component "${header}")
        qasyncmysql_public_names(names "${header}")
        foreach(name IN LISTS names)
            if(DEFINED owner_of_${name})
                message(FATAL_ERROR "${name} is defined by both ${owner_of_${name}} and ${file_name}: "
                                    "one of them must be renamed or moved into a namespace of its own")
            endif()
            set(owner_of_${name} "${file_name}")
            set(path "${output_dir}/${component}/QAsyncMySql/${name}")
            set(content "#include <QAsyncMySql/${file_name}> // IWYU pragma: export\n")
            set(present)
            if(EXISTS "${path}")
                file(READ "${path}" present)
            endif()
            if(NOT "${present}" STREQUAL "${content}")
                file(WRITE "${path}" "${content}")
            endif()
            list(APPEND written "${path}")
        endforeach()
    endforeach()
    file(GLOB_RECURSE present "${output_dir}/*")
    foreach(path IN LISTS present)
        if(NOT path IN_LIST written)
            file(REMOVE "${path}")
        endif()
    endforeach()
endfunction()

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
    qasyncmysql_write_forwarders("${SOURCE_DIR}" "${OUTPUT_DIR}")
    file(TOUCH "${STAMP}")
endif()
