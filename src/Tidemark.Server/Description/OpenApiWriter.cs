using System.Text.Json;
using Tidemark.Server.Http;

namespace Tidemark.Server.Description;

/// <summary>Describes the service for programs, as OpenAPI 3.1, from the same routes that answer.</summary>
internal static class OpenApiWriter
{
    private const string KeyScheme = "key";

    /// <param name="json">Gets one document.</param>
    /// <param name="server">Where the API is.</param>
    /// <param name="version">Of the service.</param>
    public static void Write(Utf8JsonWriter json, string server, string version)
    {
        json.WriteStartObject();
        json.WriteString("openapi", "3.1.0");
        json.WriteStartObject("info");
        json.WriteString("title", "Tidemark");
        json.WriteString("summary", "A vector index that is kept true to its documents.");
        json.WriteString("version", version);
        json.WriteStartObject("license");
        json.WriteString("name", "Apache-2.0");
        json.WriteString("identifier", "Apache-2.0");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("servers");
        json.WriteStartObject();
        json.WriteString("url", server);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("security");
        WriteSecurity(json);
        json.WriteEndArray();
        json.WriteStartObject("paths");
        foreach (var path in ServiceRoutes.All.GroupBy(route => route.Path, StringComparer.Ordinal))
        {
            json.WriteStartObject("/" + path.Key);
            foreach (var route in path)
            {
                WriteOperation(json, route);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("components");
        json.WriteStartObject("securitySchemes");
        json.WriteStartObject(KeyScheme);
        json.WriteString("type", "http");
        json.WriteString("scheme", "bearer");
        json.WriteString("description", "A key that 'tidemark keys create NAME' gave.");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WritePropertyName("schemas");
        json.WriteRawValue(SchemaText.All);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSecurity(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray(KeyScheme);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A signature takes the place of the key.</summary>
    private static void WriteOwnSecurity(Utf8JsonWriter json, ServiceRoute route)
    {
        if (route.LetIn is null)
        {
            return;
        }

        json.WriteStartArray("security");
        WriteSecurity(json);
        json.WriteStartObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteOperation(Utf8JsonWriter json, ServiceRoute route)
    {
        json.WriteStartObject(route.Method.ToLowerInvariant());
        json.WriteString("operationId", route.Name);
        json.WriteString("summary", route.Summary);
        json.WriteString("description", route.LetIn is null
            ? $"Takes a key that may {route.Scope.ToString().ToLowerInvariant()}."
            : "Takes a signature, or a key that may write, as the hook says.");
        WriteOwnSecurity(json, route);
        WriteParameters(json, route);
        WriteBody(json, route);
        json.WriteStartObject("responses");
        WriteResponse(json, "200", route.Answer, route.AnswerType, route.Schema ?? "Object");
        if (route.IsOperation)
        {
            WriteResponse(json, "202", "It goes on; 'Location' says where it can be looked at.", "application/json", "Operation");
        }

        if (route.Body == RequestBody.Document || route.Name == "deleteDocument")
        {
            WriteResponse(json, "202", "It waits in the queue; 'Location' says where it can be looked at.", "application/json", "Written");
        }

        if (route.Accepted is { } accepted)
        {
            WriteResponse(json, "202", accepted, route.AnswerType, route.Schema ?? "Object");
        }

        WriteResponse(json, "4XX", "The request is not taken: why, and what to do.", "application/problem+json", "Problem");
        WriteResponse(json, "5XX", "The service cannot answer: why, and what to do.", "application/problem+json", "Problem");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter json, ServiceRoute route)
    {
        json.WriteStartArray("parameters");
        if (route.InPath is { } part)
        {
            json.WriteStartObject();
            json.WriteString("name", part.Name);
            json.WriteString("in", "path");
            json.WriteBoolean("required", true);
            json.WriteString("description", part.Description);
            WriteSchema(json, part);
            json.WriteEndObject();
        }

        if (route.Path.EndsWith(ServiceRoute.Rest, StringComparison.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("name", "id");
            json.WriteString("in", "path");
            json.WriteBoolean("required", true);
            json.WriteString("description", "The id; it may have slashes, as they are or percent-encoded.");
            WriteSchema(json, Parameter.Text("id", ""));
            json.WriteEndObject();
        }

        foreach (var parameter in route.Body is RequestBody.Parameters or RequestBody.Event ? [] : route.Parameters.Append(CommonParameters.Namespace))
        {
            json.WriteStartObject();
            json.WriteString("name", parameter.Name);
            json.WriteString("in", "query");
            json.WriteBoolean("required", parameter.IsRequired);
            json.WriteString("description", parameter.Description);
            WriteSchema(json, parameter);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteBody(Utf8JsonWriter json, ServiceRoute route)
    {
        if (route.Body == RequestBody.None)
        {
            return;
        }

        json.WriteStartObject("requestBody");
        json.WriteBoolean("required", route.Body is RequestBody.Document or RequestBody.Lines || route.Parameters.Any(parameter => parameter.IsRequired));
        json.WriteStartObject("content");
        if (route.Body == RequestBody.Lines)
        {
            WriteContent(json, Content.JsonLines.MediaType, "Text");
        }
        else if (route.Body == RequestBody.Event)
        {
            WriteContent(json, "application/json", "Event");
            WriteContent(json, "application/cloudevents+json", "Event");
            WriteContent(json, "application/cloudevents-batch+json", "Events");
        }
        else if (route.Body == RequestBody.Document)
        {
            WriteContent(json, "application/json", "DocumentToPut");
            WriteContent(json, "text/plain", "Text");
        }
        else
        {
            json.WriteStartObject("application/json");
            json.WriteStartObject("schema");
            json.WriteString("type", "object");
            json.WriteBoolean("additionalProperties", false);
            json.WriteStartObject("properties");
            foreach (var parameter in route.Parameters.Append(CommonParameters.Namespace))
            {
                json.WriteStartObject(parameter.Name);
                WriteSchemaMembers(json, parameter);
                json.WriteString("description", parameter.Description);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            var required = route.Parameters.Where(parameter => parameter.IsRequired).ToList();
            if (required.Count > 0)
            {
                json.WriteStartArray("required");
                required.ForEach(parameter => json.WriteStringValue(parameter.Name));
                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSchema(Utf8JsonWriter json, Parameter parameter)
    {
        json.WriteStartObject("schema");
        WriteSchemaMembers(json, parameter);
        json.WriteEndObject();
    }

    private static void WriteSchemaMembers(Utf8JsonWriter json, Parameter parameter)
    {
        switch (parameter.Kind)
        {
            case ParameterKind.Integer:
                json.WriteString("type", "integer");
                json.WriteNumber("minimum", parameter.Least);
                json.WriteNumber("maximum", parameter.Most);
                json.WriteNumber("default", parameter.Default);
                break;
            case ParameterKind.Flag:
                json.WriteString("type", "boolean");
                break;
            case ParameterKind.Texts:
                json.WriteString("type", "array");
                json.WriteStartObject("items");
                json.WriteString("type", "string");
                json.WriteEndObject();
                break;
            default:
                json.WriteString("type", "string");
                WriteChoices(json, parameter.Choices);
                break;
        }
    }

    private static void WriteChoices(Utf8JsonWriter json, IReadOnlyList<string> choices)
    {
        if (choices.Count == 0)
        {
            return;
        }

        json.WriteStartArray("enum");
        foreach (var choice in choices)
        {
            json.WriteStringValue(choice);
        }

        json.WriteEndArray();
    }

    private static void WriteResponse(Utf8JsonWriter json, string status, string description, string type, string schema)
    {
        json.WriteStartObject(status);
        json.WriteString("description", description);
        json.WriteStartObject("content");
        WriteContent(json, type, type.StartsWith("application/json", StringComparison.Ordinal) || schema == "Problem" ? schema : "Text");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, string type, string schema)
    {
        json.WriteStartObject(type);
        json.WriteStartObject("schema");
        json.WriteString("$ref", $"#/components/schemas/{schema}");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
