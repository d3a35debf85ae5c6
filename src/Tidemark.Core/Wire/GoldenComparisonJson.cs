using System.Text.Json;
using Tidemark.Judging;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>What golden queries say to another generation, as <c>migrate validate</c> prints it.</summary>
public static class GoldenComparisonJson
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, GoldenComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(comparison);
        json.WriteStartObject();
        WriteMembers(json, comparison);
        json.WriteEndObject();
    }

    /// <summary>Its members, in an object that is begun.</summary>
    public static void WriteMembers(Utf8JsonWriter json, GoldenComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(comparison);
        json.WriteString("outcome", NameOf(comparison.Outcome));
        json.WriteString("basis", NameOf(comparison.Basis));
        json.WriteString("metric", comparison.Metric);
        json.WriteNumber("queries", comparison.Queries);
        json.WriteNumber("labelled", comparison.Labelled);
        JsonFields.Write(json, "active", comparison.Active);
        JsonFields.Write(json, "candidate", comparison.Candidate);
        JsonFields.Write(json, "difference", comparison.Difference);
        JsonFields.Write(json, "lowerBound", comparison.LowerBound);
        JsonFields.Write(json, "p", comparison.P);
        JsonFields.Write(json, "detectable", comparison.Detectable);
        JsonFields.Write(json, "overlap", comparison.Overlap);
        JsonFields.Write(json, "rbo", comparison.Likeness?.Extrapolated);
        JsonFields.Write(json, "rboResidual", comparison.Likeness?.Residual);
        json.WriteNumber("rboP", RankBiasedOverlap.Persistence);
        WriteLost(json, comparison.Lost);
        Write(json, "worse", comparison.Worse);
        Write(json, "changed", comparison.Changed);
    }

    /// <summary>As scripts read it.</summary>
    public static string NameOf(GateOutcome outcome) => outcome switch
    {
        GateOutcome.Pass => "pass",
        GateOutcome.Inconclusive => "inconclusive",
        _ => "block",
    };

    /// <summary>As scripts read it.</summary>
    public static string NameOf(GateBasis basis) => basis switch
    {
        GateBasis.Nothing => "nothing",
        GateBasis.Must => "must",
        _ => "statistics",
    };

    internal static void WriteLost(Utf8JsonWriter json, IEnumerable<ComparedQuery> lost)
    {
        json.WriteStartArray("lost");
        foreach (var one in lost)
        {
            json.WriteStartObject();
            json.WriteString("query", one.Question.Query);
            JsonFields.Write(json, "filter", one.Question.Filter);
            JsonFields.Write(json, "documents", one.Lost);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<ComparedQuery> queries)
    {
        json.WriteStartArray(name);
        foreach (var one in queries)
        {
            json.WriteStartObject();
            GoldenQueryJson.WriteMembers(json, one.Question);
            JsonFields.Write(json, "active", one.Active);
            JsonFields.Write(json, "candidate", one.Candidate);
            JsonFields.Write(json, "activeScore", one.ActiveScore);
            JsonFields.Write(json, "candidateScore", one.CandidateScore);
            JsonFields.Write(json, "rbo", one.Likeness.Extrapolated);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
