using System.Text.Json;

namespace Tidemark.Sources;

/// <summary>Messages of Singer: SCHEMA, RECORD, STATE, ACTIVATE_VERSION (github.com/singer-io/getting-started, SPEC.md).</summary>
internal sealed class SingerReader(ConnectorSink sink) : IConnectorReader
{
    public bool IsNoMessage(ReadOnlySpan<byte> line) => false;

    public void Read(JsonElement message, ReadOnlyMemory<byte> line, string label)
    {
        switch (MessageFields.Text(message, "type", label))
        {
            case "RECORD":
                sink.Record(
                    MessageFields.Text(message, "stream", label), MessageFields.Number(message, "version"), MessageFields.Object(message, "record", label), label);
                break;
            case "SCHEMA":
                sink.Describe(MessageFields.Text(message, "stream", label), MessageFields.Texts(message, "key_properties"));
                break;
            case "STATE":
                sink.State(message.TryGetProperty("value", out var value) ? value.GetRawText() : "{}");
                break;
            case "ACTIVATE_VERSION":
                sink.Streams.Activate(
                    MessageFields.Text(message, "stream", label),
                    MessageFields.Number(message, "version") ?? throw BadRecord.WrongType(label, "version", "a whole number"));
                break;
            case var type:
                throw BadRecord.Malformed(
                    label, $"is a message of the type '{type}', which is not taken", "have the tap write RECORD messages (no batches of files), or leave the stream out");
        }
    }
}
