using System.Text.Json;
using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing.History;

/// <summary>What went wrong, in the one form that it has everywhere: <c>code</c>, <c>message</c>, <c>remedy</c>.</summary>
internal static class FailureJson
{
    /// <summary>The three members, in an object that is begun.</summary>
    public static void WriteMembers(Utf8JsonWriter json, string? code, string? message, string? remedy)
    {
        json.WriteString("code", code);
        json.WriteString("message", message);
        json.WriteString("remedy", remedy);
    }

    /// <summary>The member <c>error</c>, as a failed call prints it; nothing where nothing failed.</summary>
    public static void Write(Utf8JsonWriter json, RunFailure? failure)
    {
        if (failure is not null)
        {
            json.WriteStartObject("error");
            WriteMembers(json, failure.Code, failure.Message, failure.Remedy);
            json.WriteEndObject();
        }
    }

    /// <summary>The member <c>error</c>, null where nothing failed.</summary>
    public static void WriteOrNull(Utf8JsonWriter json, RunFailure? failure)
    {
        if (failure is null)
        {
            json.WriteNull("error");
        }

        Write(json, failure);
    }

    /// <summary>The member <c>errors</c>, of every report that has failed items.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ItemFailure> errors)
    {
        json.WriteStartArray("errors");
        foreach (var error in errors)
        {
            WriteItem(json, error.Item, error.Code, error.Message, error.Remedy);
        }

        json.WriteEndArray();
    }

    /// <summary>The member <c>warnings</c>, of every report that has them; items as in <c>errors</c>.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ItemWarning> warnings)
    {
        json.WriteStartArray("warnings");
        foreach (var warning in warnings)
        {
            WriteItem(json, warning.Item, warning.Code, warning.Message, warning.Remedy);
        }

        json.WriteEndArray();
    }

    private static void WriteItem(Utf8JsonWriter json, string item, string code, string message, string remedy)
    {
        json.WriteStartObject();
        json.WriteString("item", item);
        WriteMembers(json, code, message, remedy);
        json.WriteEndObject();
    }
}
