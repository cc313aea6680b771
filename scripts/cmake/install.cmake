# What leaves the build: the library, its backend modules, headers, and how other builds find them.
include(CMakePackageConfigHelpers)

set(FLOPMETER_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/flopmeter)
set(FLOPMETER_MODULE_DIR ${CMAKE_INSTALL_LIBDIR}/flopmeter)

install(TARGETS flopmeter EXPORT flopmeterTargets
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/flopmeter DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        FILES_MATCHING PATTERN "*.h")
foreach(module IN ITEMS flopmeter_cpu flopmeter_cuda)
    if(TARGET ${module})
        install(TARGETS ${module} LIBRARY DESTINATION ${FLOPMETER_MODULE_DIR})
    endif()
endforeach()
if(TARGET flopmeter_command)
    # The command finds the library from where it lies, so that a prefix can be moved as a whole.
    file(RELATIVE_PATH from_bin ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR})
    set_target_properties(flopmeter_command PROPERTIES INSTALL_RPATH "$ORIGIN/${from_bin}")
    install(TARGETS flopmeter_command RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

install(EXPORT flopmeterTargets NAMESPACE flopmeter:: DESTINATION ${FLOPMETER_CMAKE_DIR})
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/flopmeterConfig.cmake.in
    ${PROJECT_BINARY_DIR}/package/flopmeterConfig.cmake
    INSTALL_DESTINATION ${FLOPMETER_CMAKE_DIR}
    NO_CHECK_REQUIRED_COMPONENTS_MACRO)
# Before 1.0 a minor version may change the interface.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/package/flopmeterConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
file(RELATIVE_PATH FLOPMETER_PC_TO_PREFIX
     ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(${CMAKE_CURRENT_LIST_DIR}/flopmeter.pc.in
    ${PROJECT_BINARY_DIR}/package/flopmeter.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/package/flopmeterConfig.cmake
              ${PROJECT_BINARY_DIR}/package/flopmeterConfigVersion.cmake
        DESTINATION ${FLOPMETER_CMAKE_DIR})
install(FILES ${PROJECT_BINARY_DIR}/package/flopmeter.pc
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(FILES ${PROJECT_SOURCE_DIR}/examples/data/digits.npz
              ${PROJECT_SOURCE_DIR}/examples/data/README.md
        DESTINATION ${CMAKE_INSTALL_DATADIR}/flopmeter)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/CHANGELOG.md
        DESTINATION ${CMAKE_INSTALL_DOCDIR})
