using System.Text.Json;
using Tidemark.Embedding.Pricing;
using Tidemark.Reporting;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>What was paid in each month and why, as <c>runs --months</c> prints it.</summary>
public static class LedgerJson
{
    /// <summary>Writes an array with one object a month, in the order of the entries.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<LedgerEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(entries);
        json.WriteStartArray();
        foreach (var month in entries.GroupBy(entry => entry.Month))
        {
            json.WriteStartObject();
            json.WriteString("month", month.Key.ToString());
            WriteMembers(json, [.. month]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The sum and its causes, in an object that is begun.</summary>
    internal static void WriteMembers(Utf8JsonWriter json, IReadOnlyList<LedgerEntry> entries)
    {
        WriteMembers(json, LedgerSum.Of(entries));
        json.WriteStartArray("causes");
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("cause", WhyReport.NameOf(entry.Cause));
            WriteMembers(json, entry.Sum);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMembers(Utf8JsonWriter json, LedgerSum sum)
    {
        WriteUsage(json, sum);
        JsonFields.WriteMoney(json, "cost", sum.PricedCost);
        json.WriteString("currency", TokenPrice.Currency);
        json.WriteNumber("unpricedTokens", sum.UnpricedTokens);
    }

    /// <summary>What was asked of the model, in an object that is begun.</summary>
    internal static void WriteUsage(Utf8JsonWriter json, LedgerSum sum)
    {
        json.WriteNumber("requests", sum.Usage.Requests);
        json.WriteNumber("inputs", sum.Usage.Inputs);
        json.WriteNumber("tokens", sum.Usage.Tokens);
    }
}
