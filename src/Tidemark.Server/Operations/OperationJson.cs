using System.Text.Json;
using Tidemark.Server.Problems;
using Tidemark.Syncing;

namespace Tidemark.Server.Operations;

/// <summary>How an operation stands, as one object.</summary>
internal static class OperationJson
{
    public static void Write(Utf8JsonWriter json, Operation operation)
    {
        var end = operation.End;
        json.WriteStartObject();
        json.WriteString("id", operation.Id);
        json.WriteString("operation", operation.Name);
        json.WriteString("namespace", operation.Namespace);
        json.WriteString("state", operation.State);
        json.WriteString("startedAt", operation.StartedAt);
        if (end is { } ended)
        {
            json.WriteString("endedAt", ended.At);
        }

        if (operation.Progress is { } progress)
        {
            Write(json, progress);
        }

        if (end?.Failure is { } failure)
        {
            Write(json, failure);
        }

        if (end?.Result is { } result)
        {
            json.WritePropertyName("result");
            result(json);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SyncProgress progress)
    {
        json.WriteStartObject("progress");
        json.WriteString("phase", progress.Phase.ToString().ToLowerInvariant());
        json.WriteString("source", progress.Source);
        json.WriteNumber("listed", progress.Listed);
        if (progress.Items is { } items)
        {
            json.WriteNumber("items", items);
        }

        json.WriteNumber("changed", progress.Changed);
        json.WriteNumber("applied", progress.Applied);
        json.WriteNumber("embedded", progress.Embedded);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TidemarkException failure)
    {
        json.WriteStartObject("error");
        json.WriteString("code", failure.Code);
        json.WriteString("message", failure.Message);
        json.WriteString("remedy", ServiceRemedy.Of(failure));
        json.WriteEndObject();
    }
}
