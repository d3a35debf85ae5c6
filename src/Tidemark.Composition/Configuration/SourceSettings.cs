using Tidemark.Agents;
using Tidemark.Sources;

namespace Tidemark.Composition.Configuration;

/// <summary>One source, configured or named on the command line.</summary>
internal sealed record SourceSettings
{
    /// <summary>JSON lines on standard input.</summary>
    public const string StandardInput = "-";

    public required string Name { get; init; }

    /// <summary>Absolute, or <see cref="StandardInput"/>, or a tree of git as it may be shown.</summary>
    public required string Path { get; init; }

    /// <summary>As it was written, for messages.</summary>
    public required string Given { get; init; }

    public required SourceType Type { get; init; }

    /// <summary>Where it is, if it is a tree of git; <see cref="Path"/> stands for it then.</summary>
    public GitLocation? Git { get; init; }

    /// <summary>Which database it is, if it is one that is asked again and again.</summary>
    public SqlSettings? Sql { get; init; }

    /// <summary>Of a directory: the folders below it that are meant, where that is not all of it.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    public string? Cleanup { get; init; }

    public IReadOnlyList<string>? Include { get; init; }

    public IReadOnlyList<string> Exclude { get; init; } = [];

    public bool IgnoreFiles { get; init; } = true;

    public string? IdKey { get; init; }

    public string? SourceIdKey { get; init; }

    public string? SourceIdTemplate { get; init; }

    public string? TextKey { get; init; }

    public string? TextTemplate { get; init; }

    /// <summary>Whose messages its lines are; null: they are records.</summary>
    public ConnectorFormat? Connector => Format switch
    {
        "singer" => ConnectorFormat.Singer,
        "airbyte" => ConnectorFormat.Airbyte,
        _ => null,
    };

    public string? Format { get; init; }

    /// <summary>When it is synced, as it was written; null: as those that say nothing.</summary>
    public string? Schedule { get; init; }

    /// <summary>Where its documents can be looked at; null: nowhere.</summary>
    public UrlTemplate? Url { get; init; }
}

internal enum SourceType
{
    Directory,
    JsonLines,
    Git,
    Sql,
}
