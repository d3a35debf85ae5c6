using System.Text.Json;
using Tidemark.Documents;
using Tidemark.Embedding.Pricing;
using Tidemark.Syncing.Rules;

namespace Tidemark.Syncing.History;

/// <summary>What a plan says of one document, and what all of it would cost.</summary>
internal static class PlannedChangeJson
{
    /// <summary>The member <c>changes</c>.</summary>
    /// <param name="isBinding">Whether somebody may approve them: then each says by its <c>digest</c> what would be written.</param>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<PlannedChange> changes, bool isBinding)
    {
        json.WriteStartArray("changes");
        foreach (var change in changes)
        {
            Write(json, change, isBinding);
        }

        json.WriteEndArray();
    }

    /// <summary>The member <c>price</c>.</summary>
    public static void WritePrice(Utf8JsonWriter json, long tokens, decimal? cost)
    {
        json.WriteStartObject("price");
        json.WriteNumber("tokens", tokens);
        JsonFields.WriteMoney(json, "cost", cost);
        json.WriteString("currency", TokenPrice.Currency);
        json.WriteEndObject();
    }

    /// <summary>The member <c>reindex</c>: what is indexed again, by what changed.</summary>
    public static void WriteReindexed(Utf8JsonWriter json, IEnumerable<PlannedChange> changes)
    {
        json.WriteStartArray("reindex");
        foreach (var part in ReindexedDocuments.Of(changes))
        {
            json.WriteStartObject();
            json.WriteNumber("documents", part.Documents);
            json.WriteNumber("chunks", part.Chunks);
            WriteReuse(json, part.Changed, part.Embedded, part.Reused);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <exception cref="FormatException">Or another one: that is no change that was written here.</exception>
    public static PlannedChange Read(JsonElement json)
    {
        var chunks = json.GetProperty("chunks");
        return new PlannedChange(
            json.GetProperty("document").GetString()!,
            json.GetProperty("change").GetString()!,
            json.GetProperty("reason").GetString()!,
            new ChunkCounts(
                chunks.GetProperty("added").GetInt64(),
                0,
                chunks.GetProperty("unchanged").GetInt64(),
                chunks.GetProperty("deleted").GetInt64()),
            json.GetProperty("tokens").GetInt64(),
            json.TryGetProperty("from", out var former) ? former.GetString() : null)
        {
            Digest = json.TryGetProperty("digest", out var digest)
                ? new ContentHash(Convert.FromHexString(digest.GetString()!))
                : null,
            Changed = json.TryGetProperty("changed", out var changed)
                ? changed.EnumerateArray().Aggregate(ChangedInputs.None, (all, one) => all | ChangedInputNames.Parse(one.GetString()!))
                : ChangedInputs.None,
            By = ReadRules(json),
            Embedded = json.TryGetProperty("embedded", out var embedded) ? embedded.GetInt64() : 0,
        };
    }

    private static void WriteReuse(Utf8JsonWriter json, ChangedInputs changed, long embedded, double? reused)
    {
        json.WriteStartArray("changed");
        foreach (var name in ChangedInputNames.Of(changed))
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteNumber("embedded", embedded);
        JsonFields.Write(json, "reused", reused is { } share ? Math.Round(share, 4) : null);
    }

    /// <summary>The member <c>rules</c>, where there are any.</summary>
    private static void WriteRules(Utf8JsonWriter json, RuleNames by)
    {
        if (by == default)
        {
            return;
        }

        json.WriteStartObject("rules");
        if (by.ExpiresAt is { } expiry)
        {
            json.WriteString("expiresAt", expiry);
        }

        if (by.Tier is { } tier)
        {
            json.WriteString("tier", tier);
        }

        json.WriteEndObject();
    }

    private static RuleNames ReadRules(JsonElement json) => !json.TryGetProperty("rules", out var rules) ? default : new RuleNames(
        rules.TryGetProperty("expiresAt", out var expiry) ? expiry.GetString() : null,
        rules.TryGetProperty("tier", out var tier) ? tier.GetString() : null);

    private static void Write(Utf8JsonWriter json, PlannedChange change, bool isBinding)
    {
        json.WriteStartObject();
        json.WriteString("document", change.Document);
        json.WriteString("change", change.Change);
        json.WriteString("reason", change.Reason);
        if (change.MovedFrom is { } former)
        {
            json.WriteString("from", former);
        }

        json.WriteStartObject("chunks");
        json.WriteNumber("added", change.Chunks.Added);
        json.WriteNumber("unchanged", change.Chunks.Unchanged);
        json.WriteNumber("deleted", change.Chunks.Deleted);
        json.WriteEndObject();
        WriteReuse(json, change.Changed, change.Embedded, change.Reused);
        WriteRules(json, change.By);
        json.WriteNumber("tokens", change.Tokens);
        if (isBinding && change.Digest is { } digest)
        {
            json.WriteString("digest", digest.ToString());
        }

        json.WriteEndObject();
    }
}
