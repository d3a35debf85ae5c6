using System.Text;
using System.Text.Json;

namespace Tidemark.Sources;

/// <summary>Messages of Airbyte: RECORD, STATE, TRACE; what connectors say beside them is passed over (Airbyte Protocol, version 0).</summary>
internal sealed class AirbyteReader(ConnectorSink sink) : IConnectorReader
{
    /// <summary>Connectors write plain text between their messages.</summary>
    public bool IsNoMessage(ReadOnlySpan<byte> line) => !line.TrimStart(" \t"u8).StartsWith("{"u8);

    public void Read(JsonElement message, ReadOnlyMemory<byte> line, string label)
    {
        switch (MessageFields.Text(message, "type", label))
        {
            case "RECORD":
                var record = MessageFields.Object(message, "record", label);
                sink.Record(NameOf(record, "stream", label), null, MessageFields.Object(record, "data", label), label);
                break;
            case "STATE":
                sink.State(Encoding.UTF8.GetString(line.Span));
                break;
            case "TRACE":
                Trace(MessageFields.Object(message, "trace", label), label);
                break;
            case "CONNECTION_STATUS" when MessageFields.Object(message, "connectionStatus", label) is var status && MessageFields.TextOrNull(status, "status") == "FAILED":
                throw Failed(label, MessageFields.TextOrNull(status, "message"));
            case "LOG" or "SPEC" or "CATALOG" or "CONNECTION_STATUS" or "CONTROL" or "DESTINATION_CATALOG":
                break;
            case var type:
                throw BadRecord.Malformed(label, $"is a message of the type '{type}', which is not known", "leave it out, if it is not a record");
        }
    }

    private void Trace(JsonElement trace, string label)
    {
        switch (MessageFields.TextOrNull(trace, "type"))
        {
            case "ERROR":
                throw Failed(label, trace.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object ? MessageFields.TextOrNull(error, "message") : null);
            case "STREAM_STATUS":
                var status = MessageFields.Object(trace, "stream_status", label);
                var stream = NameOf(MessageFields.Object(status, "stream_descriptor", label), "name", label);
                if (MessageFields.TextOrNull(status, "status") == "COMPLETE")
                {
                    sink.Streams.Complete(stream);
                }
                else
                {
                    sink.Streams.Start(stream);
                }

                break;
        }
    }

    private static ItemException Failed(string label, string? message) => new(
        ErrorCodes.SourceIncomplete,
        $"the connector failed ('{label}'): {message ?? "it does not say why"}",
        "repair what it complains of and run it again; until then nothing is deleted because it did not come");

    private static string NameOf(JsonElement descriptor, string field, string label)
    {
        var name = MessageFields.Text(descriptor, field, label);
        return MessageFields.TextOrNull(descriptor, "namespace") is { Length: > 0 } @namespace ? $"{@namespace}.{name}" : name;
    }
}
