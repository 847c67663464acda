package dev.serai.api;

import static io.swagger.v3.oas.annotations.enums.ParameterIn.QUERY;

import io.swagger.v3.oas.annotations.Parameter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says of a listing that it comes in pages. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Parameter(in = QUERY, name = "cursor", description = "next of the page before")
@Parameter(in = QUERY, name = "limit", description = "most of a page, 1 to 1000")
@interface Paged {}
