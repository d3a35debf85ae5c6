using Tidemark.Records;

namespace Tidemark.Queueing;

/// <summary>How far a feed has come, written in the transaction that takes its changes: both are there, or neither.</summary>
/// <param name="Entry">What is written.</param>
/// <param name="Expected">The value that must be there before it; null: there must be none.</param>
public sealed record QueueCheckpoint(ServiceEntry Entry, string? Expected);
