# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

# Half of a compilation is reading Qt's headers. With QASYNCMYSQL_PRECOMPILE_HEADERS they are read once for each library and
# once for all tests. Only Qt's and the standard library's: ours change, and differ between the variants of the libraries. No source
# may rely on them; a build without the option (the packaging tests, the presets) finds those that do.

set(QASYNCMYSQL_PRECOMPILED
    <QtCore/QByteArray> <QtCore/QCoreApplication> <QtCore/QDateTime> <QtCore/QDeadlineTimer> <QtCore/QDebug>
    <QtCore/QDir> <QtCore/QElapsedTimer> <QtCore/QFile> <QtCore/QFuture> <QtCore/QFutureWatcher> <QtCore/QHash>
    <QtCore/QJsonDocument> <QtCore/QJsonObject> <QtCore/QList> <QtCore/QObject> <QtCore/QPointer> <QtCore/QPromise>
    <QtCore/QSharedData> <QtCore/QString> <QtCore/QThread> <QtCore/QTimer> <QtCore/QUrl> <QtCore/QUuid>
    <QtCore/QVariant> <QtCore/QtEndian> <QtNetwork/QHostAddress> <QtNetwork/QLocalSocket>
    <QtNetwork/QSslConfiguration> <QtNetwork/QSslSocket> <QtNetwork/QTcpSocket>
    <algorithm> <array> <chrono> <deque> <functional> <limits> <memory> <optional> <string> <tuple> <utility>
    <variant> <vector>
)

# qasyncmysql_precompile(<library>)
function(qasyncmysql_precompile target)
    if(QASYNCMYSQL_PRECOMPILE_HEADERS)
        target_precompile_headers(${target} PRIVATE ${QASYNCMYSQL_PRECOMPILED})
    endif()
endfunction()

# qasyncmysql_add_test_headers(): what qasyncmysql_precompile_test() uses, in this folder.
function(qasyncmysql_add_test_headers)
    if(NOT QASYNCMYSQL_PRECOMPILE_HEADERS)
        return()
    endif()
    file(CONFIGURE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/test_headers.cpp" CONTENT "")
    add_library(qasyncmysql_test_headers OBJECT EXCLUDE_FROM_ALL "${CMAKE_CURRENT_BINARY_DIR}/test_headers.cpp")
    set_target_properties(qasyncmysql_test_headers PROPERTIES AUTOMOC OFF)
    qasyncmysql_apply_build_flags(qasyncmysql_test_headers)
    target_link_libraries(qasyncmysql_test_headers PRIVATE Qt6::Core Qt6::Network)
    target_precompile_headers(qasyncmysql_test_headers PRIVATE ${QASYNCMYSQL_PRECOMPILED})
endfunction()

# qasyncmysql_precompile_test(<program>). Without QtTest's headers, which know the folder of the test.
function(qasyncmysql_precompile_test target)
    if(QASYNCMYSQL_PRECOMPILE_HEADERS)
        target_precompile_headers(${target} REUSE_FROM qasyncmysql_test_headers)
    endif()
endfunction()
