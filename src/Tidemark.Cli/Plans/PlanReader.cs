using System.Security.Cryptography;
using System.Text.Json;
using Tidemark.Files;
using Tidemark.Wire;

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

        return new SavedPlan
        {
            CreatedAt = root.GetProperty("createdAt").GetDateTimeOffset(),
            Folder = root.GetProperty("folder").GetString()!,
            Arguments = [.. root.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetString()!)],
            Settings = root.GetProperty("settings").EnumerateObject()
                .ToDictionary(setting => setting.Name, setting => setting.Value.GetString()!, StringComparer.Ordinal),
            Plan = ApprovedPlanJson.Read(root, fingerprint),
        };
    }

    private static TidemarkException Invalid(string path, string what) => new(
        ErrorCodes.PlanInvalid, $"'{path}' {what}", "name a file that 'tidemark plan --out FILE' wrote");
}
