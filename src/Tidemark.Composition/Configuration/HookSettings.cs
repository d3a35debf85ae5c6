namespace Tidemark.Composition.Configuration;

/// <summary>One entry of <c>hooks</c>.</summary>
/// <param name="Name">As it stands in the file.</param>
/// <param name="Values">What is said of it, by name of <see cref="HookTable"/>; what its values mean the service checks.</param>
internal sealed record HookSettings(string Name, SettingValues Values)
{
    /// <summary>Its mappings by name, each with what is said of it alone; none: it has one, and that is said of the hook itself.</summary>
    public IReadOnlyList<(string Name, SettingValues Values)> Mappings { get; init; } = [];

    /// <summary>How the sender is known.</summary>
    public string Signature => Values.Text(SettingPaths.HookSignature) ?? HookTable.Key;

    /// <summary>The environment variables that hold the secrets.</summary>
    public IReadOnlyList<string> SecretVariables => Values.Texts(SettingPaths.HookSecrets) ?? [];

    /// <summary>The broker whose messages its events are, as it was written; never to be shown. Null: they come as requests.</summary>
    public string? Broker => Values.Text(SettingPaths.HookRabbit);

    /// <summary>Those of the last layer that has any.</summary>
    public static IReadOnlyList<HookSettings> Bind(IReadOnlyList<SettingLayer> layers) =>
        layers.LastOrDefault(layer => layer.Hooks.Count > 0) is not { } layer ? [] : [.. layer.Hooks.Select(hook => new HookSettings(hook.Key, hook.Value)
        {
            Mappings = layer.HookMappings.GetValueOrDefault(hook.Key, []),
        })];
}
