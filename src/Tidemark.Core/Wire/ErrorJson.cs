using System.Text.Json;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>What a call that failed says instead of its result: <c>{"error":{"code","message","remedy"}}</c>.</summary>
public static class ErrorJson
{
    /// <summary>Writes one object.</summary>
    /// <param name="json">Gets it.</param>
    /// <param name="failure">What ended the call.</param>
    /// <param name="remedy">The failure's own remedy in the words of the caller's shell; null: as it is.</param>
    /// <param name="more">Writes further members of <c>error</c>, where the caller knows more; null: nothing.</param>
    public static void Write(
        Utf8JsonWriter json, TidemarkException failure, string? remedy = null, Action<Utf8JsonWriter>? more = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(failure);
        json.WriteStartObject();
        json.WriteStartObject("error");
        FailureJson.WriteMembers(json, failure.Code, failure.Message, remedy ?? failure.Remedy);
        more?.Invoke(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
