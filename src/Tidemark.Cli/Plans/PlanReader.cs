using System.Security.Cryptography;
using System.Text.Json;
using Tidemark.Documents;
using Tidemark.Files;
using Tidemark.Syncing;

namespace Tidemark.Cli.Plans;

/// <summary>Reads a plan that was saved.</summary>
internal static class PlanReader
{
    /// <summary>A million changes are some 200 MB.</summary>
    private const int MostBytes = 512 << 20;

    /// <exception cref="TidemarkException"><c>plan.invalid</c>: that is no plan of this release.</exception>
    public static SavedPlan Read(string path)
    {
        try
        {
            var bytes = RegularFile.ReadAll(path, MostBytes);
            using var json = JsonDocument.Parse(bytes);
            var root = json.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("format", out var format)
                && format.ValueKind == JsonValueKind.String
                && format.GetString() == SavedPlan.Format
                ? Read(path, root, Convert.ToHexStringLower(SHA256.HashData(bytes)))
                : throw Invalid(path, "is not a plan");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Invalid(path, $"cannot be read: {e.Message}");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Invalid(path, $"is damaged: {e.Message}");
        }
    }

    private static SavedPlan Read(string path, JsonElement root, string fingerprint)
    {
        if (root.GetProperty("version").GetInt32() != SavedPlan.Version)
        {
            throw Invalid(path, "was made by another release");
        }

        var price = root.GetProperty("price");
        return new SavedPlan
        {
            CreatedAt = root.GetProperty("createdAt").GetDateTimeOffset(),
            Folder = root.GetProperty("folder").GetString()!,
            Arguments = [.. root.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetString()!)],
            Settings = root.GetProperty("settings").EnumerateObject()
                .ToDictionary(setting => setting.Name, setting => setting.Value.GetString()!, StringComparer.Ordinal),
            Plan = new ApprovedPlan
            {
                Fingerprint = fingerprint,
                Sequence = root.GetProperty("sequence").GetInt64(),
                Generation = root.GetProperty("generation").GetInt64(),
                Tokens = price.GetProperty("tokens").GetInt64(),
                Cost = price.GetProperty("cost") is { ValueKind: JsonValueKind.Number } cost ? cost.GetDecimal() : null,
                Changes = [.. root.GetProperty("changes").EnumerateArray().Select(ReadChange)],
            },
        };
    }

    private static PlannedChange ReadChange(JsonElement change)
    {
        var chunks = change.GetProperty("chunks");
        return new PlannedChange(
            change.GetProperty("document").GetString()!,
            change.GetProperty("change").GetString()!,
            change.GetProperty("reason").GetString()!,
            new ChunkCounts(
                chunks.GetProperty("added").GetInt64(),
                0,
                chunks.GetProperty("unchanged").GetInt64(),
                chunks.GetProperty("deleted").GetInt64()),
            change.GetProperty("tokens").GetInt64(),
            change.TryGetProperty("from", out var former) ? former.GetString() : null)
        {
            Digest = change.TryGetProperty("digest", out var digest)
                ? new ContentHash(Convert.FromHexString(digest.GetString()!))
                : null,
        };
    }

    private static TidemarkException Invalid(string path, string what) => new(
        ErrorCodes.PlanInvalid, $"'{path}' {what}", "name a file that 'tidemark plan --out FILE' wrote");
}
