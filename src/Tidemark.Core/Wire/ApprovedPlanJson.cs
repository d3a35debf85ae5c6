using System.Text.Json;
using Tidemark.Syncing;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>A plan that is kept until somebody approves it, as <c>plan --out</c> writes and <c>apply</c> reads it.</summary>
public static class ApprovedPlanJson
{
    /// <summary>Writes the members of an object, for whoever keeps more in it: what was asked, and under which settings.</summary>
    /// <param name="json">In an object that is begun.</param>
    /// <param name="plan">Its fingerprint is left out: that is of all that is kept.</param>
    public static void WriteMembers(Utf8JsonWriter json, ApprovedPlan plan)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(plan);
        json.WriteNumber("sequence", plan.Sequence);
        json.WriteNumber("generation", plan.Generation);
        PlannedChangeJson.WritePrice(json, plan.Tokens, plan.Cost);
        PlannedChangeJson.Write(json, plan.Changes, isBinding: true);
    }

    /// <summary>Reads what <see cref="WriteMembers"/> wrote.</summary>
    /// <param name="json">The object with these members.</param>
    /// <param name="fingerprint">What the history shall tell the plan by; null: it is not told.</param>
    /// <exception cref="KeyNotFoundException">A member is missing.</exception>
    /// <exception cref="InvalidOperationException">A member is of another kind.</exception>
    /// <exception cref="FormatException">A member is not what it should be.</exception>
    public static ApprovedPlan Read(JsonElement json, string? fingerprint)
    {
        var price = json.GetProperty("price");
        return new ApprovedPlan
        {
            Fingerprint = fingerprint,
            Sequence = json.GetProperty("sequence").GetInt64(),
            Generation = json.GetProperty("generation").GetInt64(),
            Tokens = price.GetProperty("tokens").GetInt64(),
            Cost = price.GetProperty("cost") is { ValueKind: JsonValueKind.Number } cost ? cost.GetDecimal() : null,
            Changes = [.. json.GetProperty("changes").EnumerateArray().Select(PlannedChangeJson.Read)],
        };
    }
}
