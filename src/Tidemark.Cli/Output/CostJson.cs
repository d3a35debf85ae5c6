using System.Text.Json;
using Tidemark.Embedding.Pricing;
using Tidemark.Reporting;

namespace Tidemark.Cli.Output;

/// <summary>What the ledger says of a run or a month.</summary>
internal static class CostJson
{
    /// <summary>USD of what had a price; null where something was paid and nothing of it had one.</summary>
    public static decimal? Known(LedgerSum sum) =>
        sum is { KnownCost: 0, UnpricedTokens: > 0 } ? null : sum.KnownCost;

    public static LedgerSum SumOf(IEnumerable<LedgerEntry> entries) =>
        entries.Aggregate(default(LedgerSum), (sum, entry) => sum + entry.Sum);

    /// <summary>Properties of the object that is being written.</summary>
    public static void WriteSum(Utf8JsonWriter json, LedgerSum sum)
    {
        json.WriteNumber("requests", sum.Usage.Requests);
        json.WriteNumber("inputs", sum.Usage.Inputs);
        json.WriteNumber("tokens", sum.Usage.Tokens);
        JsonValues.WriteMoney(json, "cost", Known(sum));
        json.WriteString("currency", TokenPrice.Currency);
        json.WriteNumber("unpricedTokens", sum.UnpricedTokens);
    }

    public static void WriteCauses(Utf8JsonWriter json, IEnumerable<LedgerEntry> entries)
    {
        json.WriteStartArray("causes");
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("cause", WhyReport.NameOf(entry.Cause));
            WriteSum(json, entry.Sum);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteMonth(Utf8JsonWriter json, IGrouping<LedgerMonth, LedgerEntry> month)
    {
        json.WriteStartObject();
        json.WriteString("month", month.Key.ToString());
        WriteSum(json, SumOf(month));
        WriteCauses(json, month);
        json.WriteEndObject();
    }
}
