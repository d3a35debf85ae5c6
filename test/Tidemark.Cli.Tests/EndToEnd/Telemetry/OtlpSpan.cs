namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A span as opentelemetry/proto/trace/v1/trace.proto has it.</summary>
internal sealed class OtlpSpan(ProtobufMessage span)
{
    public string Name => span.Text(5);

    public string Trace => Convert.ToHexString(span.Bytes(1));

    public string Id => Convert.ToHexString(span.Bytes(2));

    public string Parent => Convert.ToHexString(span.Bytes(4));

    /// <summary>3: of a client.</summary>
    public ulong Kind => span.Number(6);

    public IReadOnlyDictionary<string, string> Tags => Attributes(span, 9);

    /// <summary>Values of whatever type, as text.</summary>
    public static IReadOnlyDictionary<string, string> Attributes(ProtobufMessage message, int field) =>
        message.Messages(field).ToDictionary(
            a => a.Text(1),
            a => a.Messages(2).Single() is var value && value.Text(1) is { Length: > 0 } text
                ? text
                : $"{a.Messages(2).Single().Number(3)}",
            StringComparer.Ordinal);
}
