using System.Text.Json;
using Tidemark.Adopting;
using Tidemark.Embedding.Pricing;
using Tidemark.Records;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>What <c>import --from</c> prints.</summary>
public static class AdoptionReportJson
{
    /// <summary>Writes one object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="from">The kind of the origin, as it was named.</param>
    /// <param name="report">What became of it.</param>
    public static void Write(Utf8JsonWriter json, string from, AdoptionReport report)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(report);
        json.WriteStartObject();
        json.WriteString("from", from);
        json.WriteString("origin", report.Origin.Name);
        json.WriteString("of", report.Origin.Of);
        json.WriteString("model", report.Origin.Model);
        json.WriteString("space", report.Space.Name);
        json.WriteString("outcome", RunOutcomeName.Of(report.Outcome));
        json.WriteBoolean("dryRun", report.DryRun);
        WriteCounts(json, report.Counts);
        WriteSample(json, report.Sample);
        FailureJson.Write(json, report.Errors);
        FailureJson.Write(json, report.Warnings);
        JsonFields.WriteElapsed(json, report.Elapsed);
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, AdoptionCounts counts)
    {
        json.WriteNumber("rows", counts.Rows);
        json.WriteNumber("taken", counts.Taken);
        json.WriteNumber("present", counts.Present);
        json.WriteNumber("duplicates", counts.Duplicates);
        json.WriteStartObject("leftOut");
        json.WriteNumber("withoutText", counts.WithoutText);
        json.WriteNumber("withoutVector", counts.WithoutVector);
        json.WriteNumber("blank", counts.Blank);
        json.WriteNumber("otherDimensions", counts.OtherDimensions);
        json.WriteNumber("invalid", counts.Invalid);
        json.WriteNumber("contradicting", counts.Contradicting);
        json.WriteEndObject();
        json.WriteStartObject("ofTaken");
        json.WriteNumber("prefixed", counts.Prefixed);
        json.WriteNumber("padded", counts.Padded);
        json.WriteNumber("shortened", counts.Shortened);
        json.WriteNumber("rescaled", counts.Rescaled);
        json.WriteNumber("half", counts.Half);
        json.WriteEndObject();
    }

    private static void WriteSample(Utf8JsonWriter json, AdoptionSample? sample)
    {
        if (sample is null)
        {
            json.WriteNull("sample");
            return;
        }

        json.WriteStartObject("sample");
        json.WriteNumber("inputs", sample.Similarities.Count);
        json.WriteNumber("least", Math.Round(sample.Similarities.Min(), 6));
        json.WriteNumber("requests", sample.Usage.Requests);
        json.WriteNumber("tokens", sample.Usage.Tokens);
        JsonFields.WriteMoney(json, "cost", sample.Cost);
        json.WriteString("currency", TokenPrice.Currency);
        json.WriteEndObject();
    }
}
