namespace Tidemark.Composition.Configuration;

/// <summary>A setting of a file that reaches beyond the file's folder.</summary>
/// <param name="Name">As it stands in the file: <c>extractors[0].command</c>.</param>
/// <param name="Shown">What a person decides by; without secrets.</param>
/// <param name="Exact">All of it: any change of it has to be trusted anew.</param>
/// <param name="NeedsTrust">False: harmless as things are, but not if the environment changes.</param>
internal sealed record ReachingSetting(string Name, string Shown, string Exact, bool NeedsTrust = true);
