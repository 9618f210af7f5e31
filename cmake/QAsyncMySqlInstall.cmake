# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

# What `cmake --install` leaves behind. Everything is found relative to itself, so an installed tree may be moved.

include(CMakePackageConfigHelpers)

set(QASYNCMYSQL_INSTALL_CMAKEDIR "${CMAKE_INSTALL_LIBDIR}/cmake/QAsyncMySql"
    CACHE STRING "Where the CMake package goes, below the prefix")

# Beside Qt's own modules where we share Qt's prefix: QML then finds us without a word. Elsewhere below our prefix, for
# QML_IMPORT_PATH or QQmlEngine::addImportPath().
file(REAL_PATH "${QT6_INSTALL_PREFIX}" _qasyncmysql_qt_prefix)
if("${CMAKE_INSTALL_PREFIX}" STREQUAL "${_qasyncmysql_qt_prefix}" AND NOT IS_ABSOLUTE "${QT6_INSTALL_QML}")
    set(_qasyncmysql_qmldir "${QT6_INSTALL_QML}")
else()
    set(_qasyncmysql_qmldir "${CMAKE_INSTALL_LIBDIR}/qt6/qml")
endif()
set(QASYNCMYSQL_INSTALL_QMLDIR "${_qasyncmysql_qmldir}"
    CACHE STRING "Where the QML module goes, below the prefix (the import path)")

if(APPLE)
    set(QASYNCMYSQL_ORIGIN "@loader_path")
else()
    set(QASYNCMYSQL_ORIGIN "$ORIGIN")
endif()

# qasyncmysql_rpath(<variable> <folder>): the run path by which something installed in the folder finds our libraries.
function(qasyncmysql_rpath out folder)
    file(RELATIVE_PATH relative "/prefix/${folder}" "/prefix/${CMAKE_INSTALL_LIBDIR}")
    string(REGEX REPLACE "/$" "" relative "${relative}")
    set(${out} "${QASYNCMYSQL_ORIGIN}/${relative}" PARENT_SCOPE)
endfunction()

# The library, its headers and its part of the CMake package. Each component has its own export set: a program that asks for
# Core alone must not have to have Qt's QML libraries.
function(qasyncmysql_install_library component)
    set(target QAsyncMySql${component})
    string(TOLOWER "${component}" lower)
    set_target_properties(${target} PROPERTIES INSTALL_RPATH "${QASYNCMYSQL_ORIGIN}")
    install(TARGETS ${target} EXPORT ${target}Targets COMPONENT ${target}
        RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}"
        LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}"
        ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
    )
    install(EXPORT ${target}Targets COMPONENT ${target}
        NAMESPACE QAsyncMySql::
        DESTINATION "${QASYNCMYSQL_INSTALL_CMAKEDIR}"
    )

    set(headers "${QASYNCMYSQL_GENERATED_INCLUDE}/QAsyncMySql/qasyncmysql_${lower}_export.h")
    if(component STREQUAL "Core")
        list(APPEND headers "${QASYNCMYSQL_GENERATED_INCLUDE}/QAsyncMySql/qasyncmysql_version.h")
    endif()
    qasyncmysql_public_headers(public_headers ${component})
    install(FILES ${headers} ${public_headers} DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/QAsyncMySql" COMPONENT ${target})
    install(DIRECTORY "${QASYNCMYSQL_FORWARDERS}/${component}/" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
        COMPONENT ${target})
endfunction()

# The QML plugin with its description. A static plugin is a target that programs link, with the objects that Qt made for it.
function(qasyncmysql_install_qml_module module_dir)
    set(destination "${QASYNCMYSQL_INSTALL_QMLDIR}/QAsyncMySql")
    qasyncmysql_rpath(rpath "${destination}")
    set_target_properties(QAsyncMySqlQmlplugin PROPERTIES INSTALL_RPATH "${rpath}" EXPORT_NAME QmlPlugin)
    set(export)
    if(NOT BUILD_SHARED_LIBS)
        set(export EXPORT QAsyncMySqlQmlTargets)
    endif()
    install(TARGETS QAsyncMySqlQmlplugin ${ARGN} ${export} COMPONENT QAsyncMySqlQml
        RUNTIME DESTINATION "${destination}"
        LIBRARY DESTINATION "${destination}"
        ARCHIVE DESTINATION "${destination}"
        OBJECTS DESTINATION "${destination}"
    )
    install(FILES "${module_dir}/qmldir" "${module_dir}/QAsyncMySqlQml.qmltypes"
        DESTINATION "${destination}" COMPONENT QAsyncMySqlQml)
endfunction()

# The Qt modules that users of a library need, from what it really links: <prefix>Core;<prefix>Network;...
function(_qasyncmysql_qt_dependencies out component prefix)
    get_target_property(libraries QAsyncMySql${component} INTERFACE_LINK_LIBRARIES)
    string(REGEX MATCHALL "Qt6::[A-Za-z0-9]+" modules "${libraries}")
    list(REMOVE_DUPLICATES modules)
    list(FILTER modules EXCLUDE REGEX "^Qt6::Platform") # parts of Qt6Core's own package
    list(TRANSFORM modules REPLACE "^Qt6::" "${prefix}")
    set(${out} "${modules}" PARENT_SCOPE)
endfunction()

function(_qasyncmysql_install_pkgconfig component)
    set(pkgconfig_dir "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
    file(RELATIVE_PATH PC_PREFIX "/prefix/${pkgconfig_dir}" "/prefix")
    string(REGEX REPLACE "/$" "" PC_PREFIX "\${pcfiledir}/${PC_PREFIX}")
    set(PC_COMPONENT "${component}")
    set(PC_DEFINES)
    _qasyncmysql_qt_dependencies(requires ${component} "Qt6")
    get_target_property(libraries QAsyncMySql${component} INTERFACE_LINK_LIBRARIES)
    foreach(other IN ITEMS Core Models)
        if("${libraries}" MATCHES "QAsyncMySql::${other}")
            list(APPEND requires "QAsyncMySql${other} = ${PROJECT_VERSION}")
        endif()
    endforeach()
    set(private)
    if(component STREQUAL "Core")
        set(private libcrypto zlib libzstd)
    endif()
    if(NOT BUILD_SHARED_LIBS)
        string(TOUPPER "${component}" upper)
        set(PC_DEFINES "-DQASYNCMYSQL_${upper}_STATIC_DEFINE")
        list(APPEND requires ${private}) # whoever links us has no choice, and must not need --static for all of Qt
        set(private)
    endif()
    list(JOIN requires ", " PC_REQUIRES)
    list(JOIN private ", " PC_PRIVATE)
    set(file "${PROJECT_BINARY_DIR}/QAsyncMySql${component}.pc")
    configure_file("${PROJECT_SOURCE_DIR}/cmake/QAsyncMySql.pc.in" "${file}" @ONLY)
    install(FILES "${file}" DESTINATION "${pkgconfig_dir}" COMPONENT QAsyncMySql${component})
endfunction()

# qasyncmysql_install_package(<components>...): what ties the installed components together. Last, when all targets are complete.
function(qasyncmysql_install_package)
    set(QASYNCMYSQL_BUILT_COMPONENTS ${ARGN})
    set(QASYNCMYSQL_QT_DEPENDENCIES "")
    foreach(component IN LISTS ARGN)
        _qasyncmysql_qt_dependencies(modules ${component} "")
        string(APPEND QASYNCMYSQL_QT_DEPENDENCIES "set(_qasyncmysql_qt_of_${component} ${modules})\n")
        _qasyncmysql_install_pkgconfig(${component})
    endforeach()

    set(QMLDIR "${QASYNCMYSQL_INSTALL_QMLDIR}")
    set(TOOLSDIR "${CMAKE_INSTALL_BINDIR}")
    configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/QAsyncMySqlConfig.cmake.in"
        "${PROJECT_BINARY_DIR}/QAsyncMySqlConfig.cmake"
        INSTALL_DESTINATION "${QASYNCMYSQL_INSTALL_CMAKEDIR}"
        PATH_VARS QMLDIR TOOLSDIR
    )
    write_basic_package_version_file("${PROJECT_BINARY_DIR}/QAsyncMySqlConfigVersion.cmake"
        VERSION ${PROJECT_VERSION} COMPATIBILITY SameMajorVersion)
    set(files
        "${PROJECT_BINARY_DIR}/QAsyncMySqlConfig.cmake"
        "${PROJECT_BINARY_DIR}/QAsyncMySqlConfigVersion.cmake"
    )
    if(NOT BUILD_SHARED_LIBS)
        list(APPEND files "${PROJECT_SOURCE_DIR}/cmake/FindZstd.cmake")
    endif()
    list(APPEND files "${PROJECT_SOURCE_DIR}/cmake/QAsyncMySqlSchema.cmake")
    install(FILES ${files} DESTINATION "${QASYNCMYSQL_INSTALL_CMAKEDIR}" COMPONENT QAsyncMySqlCore)
    install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DATADIR}/licenses/QAsyncMySql"
        COMPONENT QAsyncMySqlCore)
endfunction()
