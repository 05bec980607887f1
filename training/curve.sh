#!/bin/sh
# Spread over seeds and the learning curve: DATA (gold/), ENCODER (all-MiniLM-L6-v2), OUT (checkpoints). Two layers of the pre-trained encoder,
# trained on a quarter, a half and all of gold train, all of it with three seeds; figures on dev. Run from the repository's root, in an environment
# with training/requirements.txt. What is done already is not done again. Fewer papers are read more often, so that
# each run takes about as many steps.
set -eu
: "${DATA:?folder with gold/}" "${ENCODER:?folder with vocab.txt and model.safetensors}"
OUT=${OUT:-build/curve} RANKS=${RANKS:-2}
GOLD=$DATA/gold/train.jsonl
export PYTHONPATH=.:training OPENBLAS_NUM_THREADS=1

train() { # name, papers, passes, seed
  [ -f "$OUT/$1/average.pt" ] || python training/train.py --gold "$GOLD" --encoder "$ENCODER" --out "$OUT/$1" --layers 2 --full 0 --limit "$2" --epochs "$3" --seed "$4" \
    --rate 4e-4 --average 0.99 --ranks "$RANKS"
}
train quarter 605 8 1
train half 1210 4 1
train all 2420 3 1
train all-2 2420 3 2
train all-3 2420 3 3
python training/quality.py --run "$OUT/quarter" "$OUT/half" "$OUT/all" "$OUT/all-2" "$OUT/all-3" --gold "$DATA/gold/dev.jsonl" --all
