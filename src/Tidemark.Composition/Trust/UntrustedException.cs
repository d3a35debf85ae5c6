using Tidemark.Composition.Configuration;

namespace Tidemark.Composition.Trust;

/// <summary>A configuration file reaches beyond its folder, and nobody trusted it.</summary>
internal sealed class UntrustedException(string file, IReadOnlyList<ReachingSetting> wants)
    : TidemarkException(
        ErrorCodes.ConfigurationUntrusted,
        $"'{file}' reaches beyond its folder and is not trusted; it wants "
        + string.Join("; ", wants.Select(w => $"{w.Name}: {w.Shown}")),
        $"if that is what you want: tidemark trust '{file}' (once; again when these settings change), or TIDEMARK_TRUST=1 in "
        + "automation; else remove these settings, or work in another folder")
{
    public IReadOnlyList<ReachingSetting> Wants { get; } = wants;
}
