using System.Security.Cryptography;

namespace Chitti.Storage.Sqlite;

/// <summary>
/// A file that reserves space on the volume. On a full disk the log can't grow, so not even a deletion could be committed.
/// Deleting this file makes space for it, and the deletion then frees more. Safe for concurrent calls: readiness checks take it,
/// and deletions release it.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class SpaceReserve(string path)
{
    /// <summary>Enough for the log of some hundred deletions.</summary>
    internal const long Bytes = 4 << 20;

    private readonly string _folder = Path.GetDirectoryName(path)!;
    private readonly Lock _lock = new();
    private bool _isHeld;

    /// <summary>Whether it holds its space.</summary>
    public bool IsHeld
    {
        get
        {
            lock (_lock)
            {
                return _isHeld;
            }
        }
    }

    private long FreeBytes => new DriveInfo(_folder).AvailableFreeSpace;

    /// <summary>Creates it if it is missing and as much again stays free. It is optional, so failures are ignored.</summary>
    public void Take()
    {
        lock (_lock)
        {
            try
            {
                if (_isHeld || FreeBytes < 2 * Bytes)
                {
                    return;
                }

                // Random bytes: a sparse, compressed or deduplicated file would reserve nothing.
                File.WriteAllBytes(path, RandomNumberGenerator.GetBytes((int)Bytes));
                _isHeld = true;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Release();
            }
        }
    }

    /// <summary>Call at start: releases what the last process reserved if little else is free, because opening writes, too.</summary>
    public void ReleaseIfShort()
    {
        lock (_lock)
        {
            _isHeld = File.Exists(path) && new FileInfo(path).Length == Bytes;
            if (FreeBytes < Bytes)
            {
                Release();
            }
        }
    }

    /// <summary>Deletes it.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _isHeld = false;
            try
            {
                File.Delete(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The write that needs the space reports what is wrong.
            }
        }
    }
}
