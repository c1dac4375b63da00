package peer;

import java.util.Arrays;

/** Things to be judged anew, each once; all of them at first. */
final class Marks {
    private final boolean[] marked;
    private final int[] queue;
    private int size;

    Marks(int n) {
        marked = new boolean[n];
        Arrays.fill(marked, true);
        queue = new int[n];
        for (int i = 0; i < n; i++) {
            queue[i] = i;
        }
        size = n;
    }

    boolean add(int i) {
        if (marked[i]) {
            return false;
        }
        marked[i] = true;
        queue[size++] = i;
        return true;
    }

    int next() {
        if (size == 0) {
            return -1;
        }
        marked[queue[--size]] = false;
        return queue[size];
    }
}
