namespace Tidemark.Records;

/// <summary>What is known of every document and chunk: the truth about what the index should hold.</summary>
public interface IRecordStore
{
    /// <summary>Opens a namespace for one run and takes its writer lease before anything is read.</summary>
    /// <exception cref="TidemarkException"><c>run.locked</c>: another run holds it.</exception>
    ValueTask<IRecordSession> OpenAsync(SessionRequest request, CancellationToken cancellationToken);
}
