using System.Globalization;
using System.Text.Json;
using Tidemark.Embedding.Pricing;
using Tidemark.Reporting;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>What <c>cost</c> prints.</summary>
public static class CostJson
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, CostComparison cost)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(cost);
        json.WriteStartObject();
        json.WriteString("namespace", cost.Namespace);
        WriteCorpus(json, cost);
        WriteChurn(json, cost.Churn);
        WriteStrategies(json, cost.Strategies);
        json.WriteStartArray("projections");
        foreach (var projection in cost.Projections)
        {
            json.WriteStartObject();
            json.WriteNumber("scale", projection.Scale);
            JsonFields.Write(json, "churn", projection.Churn);
            WriteStrategies(json, projection.Strategies);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        JsonFields.WriteMoney(json, "saved", cost.Saved);
        json.WriteNumber("savedTokens", cost.SavedTokens);
        json.WriteString("currency", TokenPrice.Currency);
        JsonFields.Write(json, "notes", cost.Notes);
        json.WriteEndObject();
    }

    /// <summary>The projections as comma-separated values with a header, one line for each strategy; what is not known is empty.</summary>
    public static IEnumerable<string> Csv(CostComparison cost)
    {
        ArgumentNullException.ThrowIfNull(cost);
        var actual = new CostProjection(1, cost.Churn.Daily ?? double.NaN, cost.Strategies);
        var rows = cost.Churn.Daily is null ? cost.Projections.Prepend(actual) : cost.Projections;
        return rows
            .SelectMany(row => row.Strategies, (row, strategy) => string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Scale},{(double.IsNaN(row.Churn) ? "" : Math.Round(row.Churn, 6).ToString(CultureInfo.InvariantCulture))},{strategy.Name},{strategy.Tokens},{strategy.Monthly}"))
            .Prepend("scale,churn,strategy,tokens,monthly");
    }

    private static void WriteCorpus(Utf8JsonWriter json, CostComparison cost)
    {
        json.WriteStartObject("corpus");
        json.WriteNumber("documents", cost.Corpus.Documents);
        json.WriteNumber("chunks", cost.Corpus.Chunks);
        json.WriteNumber("tokens", cost.Corpus.Tokens);
        json.WriteNumber("bytes", cost.Corpus.Bytes);
        json.WriteString("space", cost.Space);
        JsonFields.WriteMoney(json, "pricePerMillionTokens", cost.PricePerMillionTokens);
        json.WriteEndObject();
    }

    private static void WriteChurn(Utf8JsonWriter json, CostChurn churn)
    {
        json.WriteStartObject("churn");
        JsonFields.Write(json, "daily", churn.Daily);
        json.WriteNumber("days", churn.Days);
        JsonFields.Write(json, "observedDays", churn.ObservedDays);
        json.WriteNumber("runs", churn.Runs);
        JsonFields.Write(json, "written", churn.Written);
        JsonFields.Write(json, "edited", churn.Edited);
        JsonFields.Write(json, "reused", churn.Reused);
        json.WriteBoolean("assumed", churn.IsAssumed);
        json.WriteEndObject();
    }

    private static void WriteStrategies(Utf8JsonWriter json, IReadOnlyList<StrategyCost> strategies)
    {
        json.WriteStartArray("strategies");
        foreach (var strategy in strategies)
        {
            json.WriteStartObject();
            json.WriteString("name", strategy.Name);
            JsonFields.WriteMoney(json, "monthly", strategy.Monthly);
            JsonFields.Write(json, "tokens", strategy.Tokens);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
