using System.Text;
using Microsoft.Win32.SafeHandles;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>Turns blobs into documents.</summary>
internal sealed class GitReader(GitOptions options, GitTree tree, GitBlobs blobs)
{
    private readonly FileFormats _formats = new(options.Files);

    public GitBlobs Blobs => blobs;

    /// <param name="below">The path below the listed folder.</param>
    /// <param name="id">The blob's, in hexadecimal digits.</param>
    public ChangeToken TokenOf(ReadOnlySpan<byte> below, ReadOnlySpan<byte> id) => GitToken.Of(id, _formats.ReadingOf(below));

    /// <exception cref="ItemException">It cannot be taken.</exception>
    public async ValueTask<ReadFile> ReadAsync(GitItem item, CancellationToken cancellationToken)
    {
        var content = await LoadAsync(item, cancellationToken).ConfigureAwait(false);
        var extracted = _formats.OutsideOf(item.Below) is { } outside
            ? await ReadOutsideAsync(outside, content, item, cancellationToken).ConfigureAwait(false)
            : await ExtractAsync(content, item, cancellationToken).ConfigureAwait(false);
        return new ReadFile(
            new Document
            {
                Id = item.Id,
                SourceId = item.Id,
                Text = extracted.Text,
                Metadata = extracted.Metadata,
                ChangedAt = tree.CommittedAt,
                Token = TokenOf(item.Below, Encoding.ASCII.GetBytes(item.Blob)),
            },
            extracted.Warnings);
    }

    private ValueTask<ExtractedText> ExtractAsync(byte[] content, GitItem item, CancellationToken cancellationToken)
    {
        var extractor = _formats.ExtractorOf(item.Id);
        return WorkWatch.Default.RunAsync(
            extractor.Unpacks ? long.MaxValue : content.Length, item.Shown, () => extractor.Extract(item.Shown, content), cancellationToken);
    }

    private async Task<byte[]> LoadAsync(GitItem item, CancellationToken cancellationToken)
    {
        GitBlob blob;
        try
        {
            blob = await blobs.ReadAsync(item.Blob, Math.Min(options.MaxFileBytes, Array.MaxLength - 1), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw FileRefusal.Unreadable(item.Shown, e.Message, "run 'git fsck' in the repository");
        }

        var content = blob switch
        {
            { Size: < 0 } => throw FileRefusal.Unreadable(
                item.Shown, $"its blob {item.Blob[..12]} is not in the repository, which may be a partial clone", "fetch it with git"),
            { Content: null } => throw FileRefusal.TooLarge(item.Shown, blob.Size, options.MaxFileBytes),
            _ => blob.Content,
        };
        return GitPointer.Is(content)
            ? throw FileRefusal.Unreadable(item.Shown, "it is a pointer of git LFS, which keeps the file itself elsewhere", "sync the folder of a checkout in which 'git lfs pull' was run")
            : content;
    }

    /// <summary>Programs want a file: they get a copy, in a folder that only this user can enter.</summary>
    private async Task<ExtractedText> ReadOutsideAsync(IFileExtractor extractor, byte[] content, GitItem item, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("tidemark-git-").FullName;
        try
        {
            var path = Path.Combine(folder, "file" + Path.GetExtension(item.Id));
            await File.WriteAllBytesAsync(path, content, cancellationToken).ConfigureAwait(false);
            using SafeFileHandle file = File.OpenHandle(path);
            return await extractor.ExtractAsync(new OpenFile(path, file), item.Shown, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileRefusal.Unreadable(item.Shown, e.Message, "make room in the folder for temporary files");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>A file of a tree.</summary>
/// <param name="Id">The document's.</param>
/// <param name="Below">Its path below the listed folder.</param>
/// <param name="Blob">The id of its blob.</param>
/// <param name="Shown">How it is named in an error.</param>
internal sealed record GitItem(string Id, byte[] Below, string Blob, string Shown);
