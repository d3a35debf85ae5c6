using Tidemark.Formats;
using Tidemark.Sources;

namespace Tidemark;

/// <summary>Reads folders of documents in all the formats there are.</summary>
public static class FormatVerbs
{
    /// <summary>Adds a folder as a source: documents in all formats that are known, by its ignore files.</summary>
    /// <param name="builder">The index.</param>
    /// <param name="path">Relative to the working directory, or absolute.</param>
    /// <param name="name">The source's name and the beginning of its documents' ids. Null: the folder's name.</param>
    /// <param name="configure">Changes what is taken. Null: the defaults.</param>
    public static TidemarkBuilder AddDirectory(
        this TidemarkBuilder builder, string path, string? name = null, Func<DirectoryOptions, DirectoryOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var absolute = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var options = new DirectoryOptions
        {
            Name = name ?? Path.GetFileName(absolute),
            Path = absolute,
            Extractors = DefaultExtractors.All,
        };
        return builder.AddSource(new DirectorySource(configure is null ? options : configure(options)));
    }
}
