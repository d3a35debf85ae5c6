using System.Text.Json;
using Tidemark.Serving;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>Keys of the service, as <c>keys</c> prints them.</summary>
public static class AccessKeyJson
{
    /// <summary>Writes an array; no token stands in it.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<AccessKey> keys)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(keys);
        json.WriteStartArray();
        foreach (var key in keys)
        {
            Write(json, key);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes one object; no token stands in it.</summary>
    public static void Write(Utf8JsonWriter json, AccessKey key)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(key);
        Write(json, key, token: null);
    }

    /// <summary>Writes one object with its token as <c>key</c>: the only time that anybody sees it.</summary>
    public static void Write(Utf8JsonWriter json, NewAccessKey made)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(made);
        Write(json, made.Key, made.Token);
    }

    private static void Write(Utf8JsonWriter json, AccessKey key, string? token)
    {
        json.WriteStartObject();
        json.WriteString("id", key.Id);
        json.WriteString("name", key.Name);
        if (token is not null)
        {
            json.WriteString("key", token);
        }

        JsonFields.Write(json, "scopes", AccessScopeNames.Of(key.Scope));
        if (key.Namespaces is { } namespaces)
        {
            JsonFields.Write(json, "namespaces", namespaces);
        }
        else
        {
            json.WriteNull("namespaces");
        }

        JsonFields.Write(json, "createdAt", key.CreatedAt);
        JsonFields.Write(json, "expiresAt", key.ExpiresAt);
        JsonFields.Write(json, "requestsPerMinute", key.RequestsPerMinute);
        JsonFields.Write(json, "tokensPerDay", key.TokensPerDay);
        JsonFields.Write(json, "formerUntil", key.FormerUntil);
        JsonFields.Write(json, "revokedAt", key.RevokedAt);
        JsonFields.Write(json, "lastUsedAt", key.LastUsedAt);
        json.WriteEndObject();
    }
}
