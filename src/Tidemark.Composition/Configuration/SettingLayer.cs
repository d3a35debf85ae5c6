namespace Tidemark.Composition.Configuration;

/// <summary>
/// What one place (the file, the environment, the flags) sets; a later layer wins setting by setting.
/// </summary>
internal sealed class SettingLayer(string origin)
{
    /// <summary>For messages: a path, <c>the environment</c>, <c>the command line</c>.</summary>
    public string Origin { get; } = origin;

    /// <summary>By path of <see cref="SettingTable.Root"/>.</summary>
    public SettingValues Values { get; } = new();

    /// <summary>Null: this layer names no sources.</summary>
    public List<SettingValues>? Sources { get; set; }

    /// <summary>Sources that are databases.</summary>
    public List<FeedValues> Feeds { get; } = [];

    /// <summary>Sources that are databases which are asked again and again.</summary>
    public List<FeedValues> Polls { get; } = [];

    /// <summary>Null: this layer names no extractors.</summary>
    public List<SettingValues>? Extractors { get; set; }

    /// <summary>Null: this layer says nothing of how long documents are valid.</summary>
    public List<SettingValues>? Expiry { get; set; }

    /// <summary>Null: this layer says nothing of tiers.</summary>
    public List<SettingValues>? Tiers { get; set; }

    /// <summary>By name, in any case: the shell writes variables in capitals.</summary>
    public Dictionary<string, SettingValues> Namespaces { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Webhooks, by name.</summary>
    public Dictionary<string, SettingValues> Hooks { get; } = new(StringComparer.Ordinal);

    /// <summary>Of hooks that have several mappings, by the hook's name.</summary>
    public Dictionary<string, List<(string Name, SettingValues Values)>> HookMappings { get; } = new(StringComparer.Ordinal);

    /// <summary>USD for a million tokens, by name of a model or beginning of it.</summary>
    public Dictionary<string, decimal> Prices { get; } = new(StringComparer.Ordinal);

    public List<ConfigurationMistake> Mistakes { get; } = [];

    /// <summary>Files in quotes, the other origins as they are.</summary>
    public string Describe() => Path.IsPathRooted(Origin) ? $"'{Origin}'" : Origin;
}
