using System.Text.Json;

namespace Tidemark.Cli.Output;

/// <summary>Values that may be null.</summary>
internal static class JsonValues
{
    public static void Write(Utf8JsonWriter json, string name, DateTimeOffset? value) =>
        json.WriteString(name, value is { } known ? Units.Rfc3339(known) : null);

    public static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, Math.Round(known, 6));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>USD; null where it is not known.</summary>
    public static void WriteMoney(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void Write(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
