namespace Tidemark.Postgres.Copying;

/// <summary>Where encoded rows go, block by block.</summary>
internal interface ICopyTarget
{
    /// <summary>Takes a block that was rented from the shared pool, and gives another one, or the same, to write into.</summary>
    ValueTask<byte[]> TakeAsync(byte[] block, int length, CancellationToken cancellationToken);

    /// <summary>All blocks are there.</summary>
    ValueTask CompleteAsync(CancellationToken cancellationToken);

    /// <summary>No more come, and none counts.</summary>
    ValueTask CancelAsync();
}
