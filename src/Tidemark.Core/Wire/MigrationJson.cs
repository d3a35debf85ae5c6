using System.Text.Json;
using Tidemark.Embedding.Pricing;
using Tidemark.Migrating;
using Tidemark.Syncing;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>Migrations, as <c>migrate</c> prints them.</summary>
public static class MigrationJson
{
    /// <summary>Writes one object: <c>active</c>, <c>building</c>, <c>following</c>, <c>previous</c>.</summary>
    public static void Write(Utf8JsonWriter json, MigrationStatus status)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(status);
        json.WriteStartObject();
        WriteMembers(json, status);
        json.WriteEndObject();
    }

    /// <summary>Writes one object: what the run did that built a generation, and where that stands now.</summary>
    public static void Write(Utf8JsonWriter json, SyncReport report, MigrationStatus status)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(status);
        json.WriteStartObject();
        WriteMembers(json, status);
        json.WriteStartObject("build");
        RunReportJson.WriteMembers(json, report);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes one object: which generation answers now.</summary>
    public static void Write(Utf8JsonWriter json, MigrationSwitch done)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(done);
        json.WriteStartObject();
        json.WriteNumber("generation", done.Generation);
        JsonFields.Write(json, "previous", done.Previous);
        json.WriteString("left", done.Left);
        JsonFields.WriteElapsed(json, done.Elapsed);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, MigrationStatus status)
    {
        GenerationJson.Write(json, "active", status.Active);
        JsonFields.Write(json, "promotedAt", status.PromotedAt);
        Write(json, "building", status.Building);
        json.WriteStartArray("following");
        foreach (var follower in new[] { status.Building, status.Previous }.OfType<FollowerStatus>())
        {
            json.WriteNumberValue(follower.Generation.Id);
        }

        json.WriteEndArray();
        Write(json, "previous", status.Previous);
    }

    private static void Write(Utf8JsonWriter json, string name, FollowerStatus? follower)
    {
        if (follower is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        GenerationJson.WriteMembers(json, follower.Generation);
        json.WriteNumber("documents", follower.Documents);
        json.WriteNumber("chunks", follower.Chunks);
        json.WriteNumber("behind", follower.Behind);
        json.WriteNumber("undelivered", follower.Undelivered);
        json.WriteNumber("share", Math.Round(follower.Share, 4));
        JsonFields.WriteMoney(json, "cost", follower.Cost);
        json.WriteNumber("tokens", follower.Tokens);
        json.WriteString("currency", TokenPrice.Currency);
        json.WriteEndObject();
    }
}
