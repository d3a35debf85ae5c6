using System.Collections;

namespace Tidemark.Composition.Configuration;

/// <summary>
/// Settings from environment variables: <c>TIDEMARK__CHUNKING__SIZE</c> is <c>chunking.size</c>, names in any case;
/// <c>EMBED_MODEL</c>, <c>EMBED_DIMENSIONS</c> and <c>OPENAI_BASE_URL</c> are weaker synonyms that other tools share.
/// </summary>
internal static class EnvironmentLayer
{
    public const string Prefix = "TIDEMARK__";

    public const string Origin = "the environment";

    public static SettingLayer Read(IDictionary environment)
    {
        var layer = new SettingLayer(Origin);
        foreach (var setting in SettingTable.Root)
        {
            if (setting.Variable is { } variable && environment[variable] is string { Length: > 0 } text)
            {
                Take(layer, layer.Values, setting, variable, WithProvider(setting, text));
            }
        }

        foreach (DictionaryEntry entry in environment)
        {
            var name = (string)entry.Key;
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
                && entry.Value is string { Length: > 0 } text)
            {
                Read(layer, name, name[Prefix.Length..].Replace("__", ".", StringComparison.Ordinal), text);
            }
        }

        return layer;
    }

    public static string VariableOf(string path) =>
        Prefix + path.Replace(".", "__", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>Other tools write only the model's name into <c>EMBED_MODEL</c>.</summary>
    private static string WithProvider(SettingDefinition setting, string text) =>
        setting.Path == SettingPaths.EmbeddingModel && !EmbedderSpec.NamesProvider(text)
            ? $"{EmbedderSpec.OpenAI}:{text}"
            : text;

    private static void Read(SettingLayer layer, string variable, string path, string text)
    {
        if (path.Split('.') is [var first, var name, var last] && Same(first, SettingPaths.Namespaces))
        {
            ReadNamespace(layer, variable, name, last, text);
        }
        else if (SettingTable.Root.FirstOrDefault(s => Same(s.Path, path)) is { } setting)
        {
            Take(layer, layer.Values, setting, variable, text);
        }
        else
        {
            var known = SettingTable.Root.Select(s => VariableOf(s.Path)).ToArray();
            layer.Mistakes.Add(UnknownSetting.Describe($"the environment variable '{variable}'", variable, known));
        }
    }

    private static void ReadNamespace(SettingLayer layer, string variable, string name, string last, string text)
    {
        if (SettingTable.Namespace.FirstOrDefault(s => Same(s.Path, last)) is { } setting)
        {
            var values = layer.Namespaces.TryGetValue(name, out var known) ? known : new SettingValues();
            layer.Namespaces[name] = values;
            Take(layer, values, setting, variable, text);
        }
        else
        {
            var names = SettingTable.Namespace.Select(s => s.Path).ToArray();
            layer.Mistakes.Add(UnknownSetting.Describe($"the environment variable '{variable}'", last, names));
        }
    }

    private static void Take(
        SettingLayer layer, SettingValues values, SettingDefinition setting, string variable, string text)
    {
        var place = $"the environment variable '{variable}'";
        if (SettingParser.Parse(setting, text, place, layer.Mistakes) is { } value)
        {
            values.Set(setting.Path, value);
        }
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
