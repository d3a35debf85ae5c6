using System.Globalization;
using System.Text.Json;

namespace Tidemark.Composition.Configuration;

/// <summary>Checks one value against its definition.</summary>
internal static class SettingParser
{
    /// <param name="place">
    /// How the message calls it: <c>'chunking.size' in 'tidemark.json'</c>, <c>'--chunk-size'</c>.
    /// </param>
    /// <returns>The value, or null after adding a mistake.</returns>
    public static object? Parse(
        SettingDefinition setting, string text, string place, ICollection<ConfigurationMistake> mistakes)
    {
        object? value = setting.Kind switch
        {
            SettingKind.Text => text,
            SettingKind.Choice => setting.Choices.Contains(text, StringComparer.Ordinal) ? text : null,
            SettingKind.Integer =>
                long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null,
            SettingKind.Number =>
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) ? d : null,
            SettingKind.Flag => ParseFlag(text),
            _ => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        };
        return Accept(setting, value, $"'{text}'", place, mistakes);
    }

    public static object? Parse(
        SettingDefinition setting, JsonElement json, string place, ICollection<ConfigurationMistake> mistakes)
    {
        object? value = setting.Kind switch
        {
            SettingKind.Text when json.ValueKind == JsonValueKind.String => json.GetString(),
            SettingKind.Choice when json.ValueKind == JsonValueKind.String
                && setting.Choices.Contains(json.GetString()!, StringComparer.Ordinal) => json.GetString(),
            SettingKind.Integer when json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out var n) => n,
            SettingKind.Number when json.ValueKind == JsonValueKind.Number => json.GetDouble(),
            SettingKind.Flag when json.ValueKind is JsonValueKind.True or JsonValueKind.False => json.GetBoolean(),
            SettingKind.Texts when !setting.IsListOnly || json.ValueKind == JsonValueKind.Array => ParseTexts(json),
            _ => null,
        };
        return Accept(setting, value, Shorten(json.GetRawText()), place, mistakes);
    }

    /// <summary>What the setting takes, for a remedy: <c>a whole number from 50 to 1000000</c>.</summary>
    public static string Expectation(SettingDefinition setting) => setting.Kind switch
    {
        SettingKind.Text => "a text that is not empty",
        SettingKind.Choice => "one of " + string.Join(", ", setting.Choices.Select(c => $"'{c}'")),
        SettingKind.Integer => "a whole number" + Range(setting),
        SettingKind.Number => "a number" + Range(setting),
        SettingKind.Flag => "true or false",
        _ => "a list of texts",
    };

    private static object? Accept(
        SettingDefinition setting,
        object? value,
        string given,
        string place,
        ICollection<ConfigurationMistake> mistakes)
    {
        var accepted = value switch
        {
            string text => text.Length > 0,
            long n => n >= setting.Minimum && n <= setting.Maximum,
            double d => d >= setting.Minimum && d <= setting.Maximum,
            null => false,
            _ => true,
        };
        if (accepted)
        {
            return value;
        }

        mistakes.Add(new ConfigurationMistake($"{place} is {given}", $"make it {Expectation(setting)}"));
        return null;
    }

    private static bool? ParseFlag(string text) => text switch
    {
        "true" or "True" or "1" => true,
        "false" or "False" or "0" => false,
        _ => null,
    };

    private static string[]? ParseTexts(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Array when json.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String) =>
            [.. json.EnumerateArray().Select(e => e.GetString()!)],
        _ => null,
    };

    private static string Range(SettingDefinition setting) => (setting.Minimum, setting.Maximum) switch
    {
        (double.NegativeInfinity, double.PositiveInfinity) => "",
        (_, double.PositiveInfinity) => FormattableString.Invariant($" of at least {setting.Minimum}"),
        _ => FormattableString.Invariant($" from {setting.Minimum} to {setting.Maximum}"),
    };

    private static string Shorten(string raw) => raw.Length <= 60 ? raw : raw[..57] + "…";
}
