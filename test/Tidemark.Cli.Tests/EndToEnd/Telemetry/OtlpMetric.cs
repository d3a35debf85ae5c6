namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A metric as opentelemetry/proto/metrics/v1/metrics.proto has it: a sum (7) or a histogram (9).</summary>
internal sealed class OtlpMetric(ProtobufMessage metric)
{
    public string Name => metric.Text(1);

    public string Unit => metric.Text(3);

    /// <summary>By the values of their attributes: what was counted (a sum), or how often (a histogram).</summary>
    public IReadOnlyDictionary<string, long> Points => metric.Messages(9).Any()
        ? metric.Messages(9).Single().Messages(1).ToDictionary(p => Key(p, 9), p => (long)p.Number(4), StringComparer.Ordinal)
        : metric.Messages(7).Single().Messages(1).ToDictionary(p => Key(p, 7), p => (long)p.Number(6), StringComparer.Ordinal);

    /// <summary>Of a histogram: what was measured, together.</summary>
    public double Sum => metric.Messages(9).Single().Messages(1).Sum(p => BitConverter.UInt64BitsToDouble(p.Number(5)));

    private static string Key(ProtobufMessage point, int field) => string.Join(
        ' ', OtlpSpan.Attributes(point, field).OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => a.Value));
}
