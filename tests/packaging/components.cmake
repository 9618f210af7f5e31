# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

# What find_package() says when it cannot give what was asked for.

include("${TEST_DIR}/common.cmake")

# expect(<name> FAILURE|SUCCESS <text> <arguments>...)
function(expect name outcome text)
    configure("${TEST_DIR}/components" "${WORK_DIR}/${name}" RESULT result OUTPUT output
        "-DCMAKE_PREFIX_PATH=${PREFIX}" ${ARGN})
    if(outcome STREQUAL "SUCCESS" AND NOT result EQUAL 0)
        message(FATAL_ERROR "${name}: should succeed but said: ${output}")
    elseif(outcome STREQUAL "FAILURE" AND result EQUAL 0)
        message(FATAL_ERROR "${name}: should fail but said: ${output}")
    endif()
    string(FIND "${output}" "${text}" position)
    if(position EQUAL -1)
        message(FATAL_ERROR "${name}: no \"${text}\" in: ${output}")
    endif()
    message(STATUS "${name}: as expected")
endfunction()

expect(none SUCCESS "targets: QAsyncMySql::Core;" "-DARGUMENTS=REQUIRED")
expect(core_needs_no_qml SUCCESS "targets: QAsyncMySql::Core;"
    "-DARGUMENTS=REQUIRED,COMPONENTS,Core" -DCMAKE_DISABLE_FIND_PACKAGE_Qt6Qml=ON)
expect(unknown FAILURE "there is no component Nonsense (known: Core;Models;Qml;Testing)"
    "-DARGUMENTS=REQUIRED,COMPONENTS,Core,Nonsense")
expect(unknown_optional SUCCESS "targets: QAsyncMySql::Core;"
    "-DARGUMENTS=REQUIRED,COMPONENTS,Core,OPTIONAL_COMPONENTS,Nonsense")
expect(too_new FAILURE "version: ${VERSION}" "-DARGUMENTS=99.0,REQUIRED")
if(COMPONENTS MATCHES "Models")
    expect(models_bring_core SUCCESS "targets: QAsyncMySql::Core;QAsyncMySql::Models;"
        "-DARGUMENTS=REQUIRED,COMPONENTS,Models")
endif()
if(COMPONENTS MATCHES "Qml")
    expect(qml_without_qt FAILURE "component Qml needs Qt6Qml"
        "-DARGUMENTS=REQUIRED,COMPONENTS,Qml" -DCMAKE_DISABLE_FIND_PACKAGE_Qt6Qml=ON)
    expect(qml_optional SUCCESS "targets: QAsyncMySql::Core;"
        "-DARGUMENTS=REQUIRED,COMPONENTS,Core,OPTIONAL_COMPONENTS,Qml" -DCMAKE_DISABLE_FIND_PACKAGE_Qt6Qml=ON)
else()
    expect(qml_not_built FAILURE "component Qml was not built" "-DARGUMENTS=REQUIRED,COMPONENTS,Qml")
endif()
