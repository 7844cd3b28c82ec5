using System.Security.Cryptography;

namespace Chitti.Storage.Sqlite;

/// <summary>
/// A file that keeps some of the volume. On a full disk the log can't grow, so that not even a deletion could be written;
/// giving the file up makes room for it, and the deletion makes room for the rest.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class SpaceReserve(string path)
{
    /// <summary>Enough for the log of a hundred deletions, or for what a log holds that the database does not.</summary>
    internal const long Bytes = 4 << 20;

    private readonly string _folder = Path.GetDirectoryName(path)!;
    private bool _isHeld;

    private long FreeBytes => new DriveInfo(_folder).AvailableFreeSpace;

    /// <summary>Takes it where it is not held and as much again would be left. Doing without is allowed: a failure is none.</summary>
    public void Take()
    {
        try
        {
            if (_isHeld || FreeBytes < 2 * Bytes)
            {
                return;
            }

            // Written, not only sized, and of bytes that no file system can fold: else nothing would be kept.
            File.WriteAllBytes(path, RandomNumberGenerator.GetBytes((int)Bytes));
            _isHeld = true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Release();
        }
    }

    /// <summary>For a start, which can't ask for room at each write: gives up what the last process kept if there is little else.</summary>
    public void ReleaseIfShort()
    {
        _isHeld = File.Exists(path) && new FileInfo(path).Length == Bytes;
        if (FreeBytes < Bytes)
        {
            Release();
        }
    }

    /// <summary>Gives it up.</summary>
    public void Release()
    {
        _isHeld = false;
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The write that it was given up for says what is wrong.
        }
    }
}
