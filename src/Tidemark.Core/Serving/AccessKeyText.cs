using System.Text.Json;
using Tidemark.Records;

namespace Tidemark.Serving;

/// <summary>A key as the value of an entry: JSON, in which members that are null are left out. Pure.</summary>
internal static class AccessKeyText
{
    private const string Thing = "table service_entry";

    public static string Of(StoredAccessKey stored) => EntryText.Write(json =>
    {
        var key = stored.Key;
        json.WriteString("name", key.Name);
        json.WriteNumber("scope", (int)key.Scope);
        json.WriteBase64String("hash", stored.Hash);
        if (stored.FormerHash is { } former)
        {
            json.WriteBase64String("formerHash", former);
        }

        if (key.Namespaces is { } namespaces)
        {
            json.WriteStartArray("namespaces");
            foreach (var name in namespaces)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }

        EntryText.Write(json, "createdAt", key.CreatedAt.ToStored());
        EntryText.Write(json, "expiresAt", key.ExpiresAt.ToStored());
        EntryText.Write(json, "requestsPerMinute", key.RequestsPerMinute);
        EntryText.Write(json, "tokensPerDay", key.TokensPerDay);
        EntryText.Write(json, "formerUntil", key.FormerUntil.ToStored());
        EntryText.Write(json, "revokedAt", key.RevokedAt.ToStored());
    });

    /// <summary>What is damaged is a key that nothing opens, and that can still be listed and revoked.</summary>
    public static StoredAccessKey Read(ServiceEntry entry) => EntryText.Read(entry.Value, json => new StoredAccessKey(
        new AccessKey
        {
            Id = entry.Key,
            Name = json.GetProperty("name").GetString()!,
            Scope = ScopeOf(json.GetProperty("scope").GetInt32()),
            Namespaces = json.TryGetProperty("namespaces", out var names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : null,
            CreatedAt = Time(json, "createdAt")!.Value,
            ExpiresAt = Time(json, "expiresAt"),
            RequestsPerMinute = (int?)EntryText.Number(json, "requestsPerMinute"),
            TokensPerDay = EntryText.Number(json, "tokensPerDay"),
            FormerUntil = Time(json, "formerUntil"),
            RevokedAt = Time(json, "revokedAt"),
        },
        json.GetProperty("hash").GetBytesFromBase64(),
        json.TryGetProperty("formerHash", out var former) ? former.GetBytesFromBase64() : null))
        ?? StoredAccessKey.Unreadable(entry.Key, entry.At);

    private static AccessScope ScopeOf(int number) =>
        number is >= (int)AccessScope.None and <= (int)AccessScope.Admin ? (AccessScope)number : AccessScope.None;

    private static DateTimeOffset? Time(JsonElement json, string name) => StoreTime.FromStored(EntryText.Number(json, name), Thing, name);
}
